// The marks of a forecast chart.
import * as Plot from "@observablehq/plot";
import type {Data} from "../metrics/column.js";
import type {Clip} from "./clip.js";
import {cutoffMark, cutoffs, type Cutoff} from "./cutoff.js";
import {numberFormat, type Format} from "./format.js";
import {forecastData, soleVersion, type ForecastColumnOptions, type ForecastData} from "./forecast-data.js";
import type {ForecastRow} from "./forecast-row.js";
import {forecastTip} from "./forecast-tip.js";
import {capitalize} from "./frame.js";
import {intervalMarks, isAlone} from "./interval-marks.js";
import {colorsOf, palette} from "./palette.js";

/** Options of `forecastMark`: the names of the data's columns, and how they are drawn. */
export interface ForecastMarkOptions extends ForecastColumnOptions {
  /** The name of the forecast's version, whose color it has; by default from the column "version", if that names only one. */
  version?: string | undefined;
  /**
   * The last time that was known when the forecast was made; an object has one for each series by its name. By default it comes from
   * the data: the last actual value before the forecasts, or before those with an interval if some have none. Null draws no rule.
   */
  cutoff?: Cutoff | null | undefined;
  /** The color of the forecast and its interval, if there is one series; its version's by default. */
  stroke?: string;
  /** Whether the axis ends before outliers, which marks at its end then tell; or at which quantile of the values, `{quantile: 0.99}`. */
  clip?: Clip;
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
    version = soleVersion(data),
    stroke = strokeOf(version),
    cutoff,
    clip = false,
    format,
    ...columns
  }: ForecastMarkOptions = {}
): Plot.CompoundMark {
  const read = forecastData(data, columns);
  const {timeZone} = columns;
  return drawForecasts(read, {
    cutoff,
    stroke,
    timeZone,
    isClipped: clip !== false,
    format: format ?? numberFormat(valuesOf(read.rows))
  });
}

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
  timeZone: string | undefined;
  format: Format<number>;
  isClipped: boolean;
  domain?: [number, number] | undefined;
}

/** The marks of what was read. */
export function drawForecasts(
  {rows, levels, timeName, hasSeries}: ForecastData,
  {cutoff, stroke, timeZone, format, isClipped: clip, domain}: ForecastDrawing
): Plot.CompoundMark {
  const color = hasSeries ? "series" : stroke;
  const ink = hasSeries ? "series" : "currentColor";
  const single = (key: "actual" | "forecast") =>
    rows.filter((row, i) => !isNaN(row[key]) && isAlone(rows, i, (other) => !isNaN(other[key])));
  const line = {x: "time", z: "series", clip} as const;
  return Plot.marks(
    ...intervalMarks(rows, {color, clip}),
    Plot.lineY(rows, {...line, y: "actual", stroke: ink, strokeWidth: 1.5}),
    Plot.dot(single("actual"), {x: "time", y: "actual", fill: ink, r: 2.5, clip}),
    Plot.lineY(rows, {
      ...line,
      y: "forecast",
      stroke: color,
      strokeWidth: 2,
      ...(hasSeries && {strokeDasharray: "5,4"})
    }),
    Plot.dot(single("forecast"), {x: "time", y: "forecast", fill: color, r: 3.5, clip}),
    cutoffMark(
      rows.map(({time}) => time),
      cutoffs(rows, cutoff, timeZone),
      {timeZone, colored: hasSeries}
    ),
    forecastTip(rows, {several: hasSeries, levels, format, timeLabel: capitalize(timeName), timeZone, domain})
  );
}
