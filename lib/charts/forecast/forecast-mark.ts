// The marks of a forecast chart.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import type {Clip} from "../clip.js";
import {highlightOf} from "../emphasis.js";
import {cutoffMark, cutoffs, type Cutoff} from "./cutoff.js";
import {numberFormat, type Format} from "../format.js";
import {forecastData, type ForecastColumnOptions, type ForecastData} from "./forecast-data.js";
import {bySeries, type ForecastRow} from "./forecast-row.js";
import {forecastTip, type ForecastTip} from "./forecast-tip.js";
import {capitalize} from "../frame.js";
import {bandOpacity, intervalMarks, isAlone} from "./interval-marks.js";
import {nearness, overlaps} from "../overlaps.js";
import {colorsOf, faded, palette} from "../palette.js";

/** Options of `forecastMark`: the names of the data's columns, and how they are drawn. */
export interface ForecastMarkOptions extends ForecastColumnOptions {
  /** The name of the forecast's version, whose color it has; by default from the column "version", if that names only one. */
  version?: string | undefined;
  /**
   * The last time that was known when the forecast was made; an object has one for each series by its name. By default it comes from
   * the data: the last actual value up to the forecasts' origin, or as many steps before them as their horizon says; or without such
   * columns that before the forecasts, or before those with an interval if some have none. There is none if forecasts have several origins. Null draws no rule.
   */
  cutoff?: Cutoff | null | undefined;
  /** The color of the forecast and its interval, if there is one series; its version's by default. */
  stroke?: string;
  /** Whether the axis ends before outliers, which marks at its end then tell; or at which quantile of the values, `{quantile: 0.99}`. */
  clip?: Clip;
  /** The series in color, before the others in grey. By default all if they are six or fewer, else the first five of the data. */
  highlight?: Iterable<string> | undefined;
  /** How many series are drawn at most: those in color, and those that come first in the data. */
  limit?: number;
  /** The format of the values in the tip. */
  format?: Format<number> | undefined;
}

/**
 * The marks of a forecast chart, for a plot of your own: `Plot.plot({marks: [forecastMark(data, {time: "month"}),
 * Plot.ruleY([0])]})`. Takes the same data as {@link forecastChart}. A plot of your own sets the axis's domain, so `clip` does only
 * what a mark can: it draws nothing beyond the frame.
 */
export function forecastMark(
  data: Data,
  {
    version,
    stroke,
    cutoff,
    clip = false,
    highlight,
    limit = Infinity,
    format,
    ...columns
  }: ForecastMarkOptions = {}
): Plot.CompoundMark {
  const read = forecastData(data, columns, {limit, highlight});
  const {timeZone} = columns;
  const show = format ?? numberFormat(valuesOf(read.rows));
  return drawForecasts(read, {
    cutoff,
    stroke: stroke ?? strokeOf(version ?? read.version),
    main: highlightOf(read.hasSeries ? read.names : [], highlight).main,
    isClipped: clip !== false,
    tip: tipOf(read, {format: show, timeZone, domain: undefined})
  });
}

/** What the tip of these rows is told. */
export const tipOf = (
  {levels, timeName, hasSeries}: ForecastData,
  options: Pick<ForecastTip, "format" | "timeZone" | "domain">
): ForecastTip => ({several: hasSeries, levels, timeLabel: capitalize(timeName), ...options});

/** The color of a version's forecast. */
export const strokeOf = (version: string | undefined, color?: Plot.ScaleOptions): string =>
  version === undefined ? palette[0]! : colorsOf([version], color).of(version);

/** The actual values and the forecasts. */
export const pointsOf = (rows: readonly ForecastRow[]) =>
  rows.flatMap(({time, actual, forecast}) =>
    [actual, forecast].filter((value) => !isNaN(value)).map((value) => ({time, value}))
  );

/** All that the axis has room for. */
export const valuesOf = (rows: readonly ForecastRow[]): number[] =>
  rows
    .flatMap(({actual, forecast, intervals}) => [
      actual,
      forecast,
      ...intervals.flatMap(({lower, upper}) => [lower, upper])
    ])
    .filter(Number.isFinite);

/** How forecasts are drawn. */
export interface ForecastDrawing {
  cutoff: Cutoff | null | undefined;
  stroke: string;
  /** The series in color. */
  main: readonly string[];
  isClipped: boolean;
  tip: ForecastTip;
}

/** The marks of what was read. */
export function drawForecasts(
  {rows, hasSeries, origins}: ForecastData,
  {cutoff, stroke, main, isClipped: clip, tip}: ForecastDrawing
): Plot.CompoundMark {
  const isMain = new Set(main);
  const [inColor, inGrey] = hasSeries ? divide(rows, ({series}) => isMain.has(series)) : [rows, []];
  const color = hasSeries ? "series" : stroke;
  return Plot.marks(
    ...lines(inGrey, {color: faded, ink: faded, clip, width: 1}, seriesDash),
    ...intervalMarks(inColor, {color, clip, opacity: bandOpacity(main.length)}),
    ...(hasSeries
      ? seriesLines(inColor, clip)
      : lines(inColor, {color, ink: "currentColor", clip, width: 2})),
    cutoffMark(
      rows.map(({time}) => time),
      cutoffs(rows, cutoff, tip.timeZone, origins),
      {timeZone: tip.timeZone, isColored: hasSeries ? (name) => isMain.has(name) : undefined}
    ),
    forecastTip(rows, tip)
  );
}

/** How lines are drawn: the color of the forecast, that of the actual values, and the width of the forecast. */
interface LineStyle {
  color: string;
  ink: string;
  clip: boolean;
  width: number;
}

/** Of the forecasts of several series: their actual values are in the same color. */
const seriesDash = [5, 4] as const;

/** The actual values and the forecasts of one series, or of those in grey. */
function lines(rows: ForecastRow[], {color, ink, clip, width}: LineStyle, dash?: typeof seriesDash) {
  if (!rows.length) return [];
  const line = {x: "time", z: "series", clip} as const;
  return [
    Plot.lineY(rows, {
      ...line,
      y: "forecast",
      stroke: color,
      strokeWidth: width,
      ...(dash && {strokeDasharray: dash.join()})
    }),
    loneDots(rows, "forecast", {...(dash ? hollow(color) : {fill: color}), r: 1.5 + width, clip}),
    // Above the forecast, which is wider: where both are the same, both are seen.
    Plot.lineY(rows, {...line, y: "actual", stroke: ink, strokeWidth: 0.5 + width / 2}),
    loneDots(rows, "actual", {fill: ink, r: 1.5 + width / 2, clip})
  ];
}

/** The actual values and the forecasts of series in color, which are seen where they lie on each other. */
function seriesLines(rows: ForecastRow[], clip: boolean): Plot.Markish[] {
  const series = [...bySeries(rows).values()];
  const near = nearness(pointsOf(rows).map(({value}) => value));
  const lineOf = (key: "actual" | "forecast") =>
    overlaps(series, {at: ({time}) => +time, value: (row) => row[key], near}).marksOf(
      series,
      {x: "time", y: key, stroke: "series", strokeWidth: key === "forecast" ? 2 : 1.5, clip},
      key === "forecast" ? seriesDash : undefined
    );
  return [
    ...lineOf("forecast"),
    loneDots(rows, "forecast", {...hollow("series"), r: 3.5, clip}),
    ...lineOf("actual"),
    loneDots(rows, "actual", {fill: "series", r: 2.5, clip})
  ];
}

/** Of forecasts whose lines are dashed, as actual values have the same color. */
const hollow = (color: string) => ({fill: "var(--plot-background)", stroke: color, strokeWidth: 1.5});

/** Dots where a line would have one point. */
function loneDots(rows: ForecastRow[], key: "actual" | "forecast", options: Plot.DotOptions) {
  const isKnown = (row: ForecastRow) => !isNaN(row[key]);
  return Plot.dot(
    rows.filter((row, i) => isKnown(row) && isAlone(rows, i, isKnown)),
    {x: "time", y: key, ...options}
  );
}

function divide<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  const [first, second]: [T[], T[]] = [[], []];
  for (const one of all) (isFirst(one) ? first : second).push(one);
  return [first, second];
}
