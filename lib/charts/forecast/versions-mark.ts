// The marks of a chart of several versions' forecasts.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import type {Clip} from "../clip.js";
import {cutoffMark, cutoffs} from "./cutoff.js";
import {dateFormat} from "../date-format.js";
import {halo, highlightOf, type Highlight} from "../emphasis.js";
import {endLabels} from "../end-labels.js";
import {numberFormat, type Format} from "../format.js";
import type {ForecastRow} from "./forecast-row.js";
import {capitalize} from "../frame.js";
import {isAlone} from "./interval-marks.js";
import {nearness, overlaps} from "../overlaps.js";
import {faded} from "../palette.js";
import {seriesTip, slices} from "../series-tip.js";
import {versionsData, type VersionsColumnOptions, type VersionsData} from "./versions-data.js";

/** Options of `versionsMark`: the names of the data's columns, and how they are drawn. */
export interface VersionsMarkOptions extends VersionsColumnOptions {
  /**
   * The versions in color, before the others in grey. By default all; if they are more than there are colors, the five with the lowest
   * mean absolute error against the actual values in the data, or the last five by name.
   */
  highlight?: Iterable<string> | undefined;
  /** The last time that was known when the forecasts were made; by default it comes from the data. Null draws no rule. */
  cutoff?: Date | string | null | undefined;
  /** Whether the axis ends before outliers, as in `forecastChart`. */
  clip?: Clip;
  /** The format of values; by default with no more digits than needed to distinguish them. */
  format?: Format<number> | undefined;
}

/**
 * The marks of a chart of versions, for a plot of your own: `Plot.plot({marks: [versionsMark(rows)], marginRight: 100})`, with each
 * version's name at its line's end. Takes the same data as {@link versionsChart}; its colors are given, not those of a scale.
 */
export function versionsMark(
  data: Data,
  {cutoff, clip = false, format, highlight, ...columns}: VersionsMarkOptions = {}
): Plot.CompoundMark {
  const read = versionsData(data, columns);
  const shown = highlightOf(read.ranked, highlight);
  return drawVersions(read, {
    shown,
    names: "fitting",
    cutoff,
    timeZone: columns.timeZone,
    isClipped: clip !== false,
    tip: {
      ...tipOf(read, shown, format ?? numberFormat(pointsOf(read).map(({value}) => value)), columns.timeZone),
      colored: []
    }
  });
}

export const hasForecast = ({forecast}: ForecastRow) => !isNaN(forecast);
const hasActual = ({actual}: ForecastRow) => !isNaN(actual);

/** All actual values and forecasts. */
export const pointsOf = ({actuals, versions}: VersionsData) => [
  ...actuals.flatMap(({time, actual}) => (isNaN(actual) ? [] : [{time, value: actual}])),
  ...[...versions.values()].flatMap((rows) =>
    rows.filter(hasForecast).map(({time, forecast}) => ({time, value: forecast}))
  )
];

/** How versions are drawn. */
export interface VersionsDrawing {
  shown: Highlight;
  /** The names at the ends of the lines, as they are written, or as the plot's margin has room for; none if undefined. */
  names: ReadonlyMap<string, string> | "fitting" | undefined;
  cutoff: Date | string | null | undefined;
  timeZone: string | undefined;
  isClipped: boolean;
  tip: VersionsTip;
}

export type VersionsTip = ReturnType<typeof tipOf>;

/** The marks of what was read. */
export function drawVersions(
  read: VersionsData,
  {shown: {main, colors}, names, cutoff, timeZone, isClipped: clip, tip}: VersionsDrawing
): Plot.CompoundMark {
  const {actuals, versions, known} = read;
  const points = pointsOf(read);
  const {marksOf} = overlaps(
    main.map((name) => versions.get(name)!),
    {at: ({time}) => +time, value: ({forecast}) => forecast, near: nearness(points.map(({value}) => value))}
  );
  const isMain = new Set(main);
  const others = [...versions].filter(([name]) => !isMain.has(name)).flatMap(([, rows]) => rows);
  const at = cutoff === undefined ? known : cutoff;
  const last = main.map((name) => versions.get(name)!.findLast(hasForecast)!);
  const forecast = {x: "time", y: "forecast", clip} as const;
  const actual = {x: "time", y: "actual", clip} as const;
  const alone = (rows: ForecastRow[], isKnown = hasForecast) =>
    rows.filter((row, i) => isKnown(row) && isAlone(rows, i, isKnown));
  return Plot.marks(
    Plot.lineY(others, {...forecast, z: "series", stroke: faded, strokeWidth: 1}),
    Plot.dot(alone(others), {...forecast, fill: faded, r: 2}),
    others.length
      ? Plot.lineY(
          main.flatMap((name) => versions.get(name)!),
          {...forecast, z: "series", ...halo}
        )
      : null,
    ...main.flatMap((name) => {
      const rows = versions.get(name)!;
      const stroke = colors.of(name);
      return [
        ...marksOf([rows], {...forecast, stroke, strokeWidth: 2}),
        Plot.dot(alone(rows), {...forecast, fill: stroke, r: 3.5})
      ];
    }),
    Plot.lineY(actuals, {...actual, stroke: "currentColor", strokeWidth: 1.5}),
    Plot.dot(alone(actuals, hasActual), {...actual, fill: "currentColor", r: 2.5}),
    cutoffMark(
      points.map(({time}) => time),
      at ? cutoffs(last, at, timeZone) : new Map(),
      {timeZone}
    ),
    names
      ? endLabels(
          last.map(({time: x, forecast: y, series: label}) => ({
            x,
            y,
            label,
            text: names === "fitting" ? undefined : names.get(label)
          })),
          colors
        )
      : null,
    seriesTip(tip.slices, tip),
    Plot.text(
      others,
      Plot.pointer({
        px: "time",
        py: "forecast",
        maxRadius: 12,
        frameAnchor: "bottom-right",
        dy: -6,
        text: "series",
        fill: "currentColor",
        stroke: "var(--plot-background)",
        strokeWidth: 3
      })
    )
  );
}

/** What the tip lists: the actual value and every version in color, and between which values the others are. */
export function tipOf(
  {actuals, versions, timeName}: VersionsData,
  {main, others}: Highlight,
  format: Format<number>,
  timeZone: string | undefined
) {
  const rest = new Map<number, {time: Date; low: number; high: number}>();
  for (const name of others)
    for (const {time, forecast} of versions.get(name)!.filter(hasForecast)) {
      const {low, high} = rest.get(+time) ?? {low: forecast, high: forecast};
      rest.set(+time, {time, low: Math.min(low, forecast), high: Math.max(high, forecast)});
    }
  const [lowest, highest] = [`Lowest of ${others.length} others`, `Highest of ${others.length} others`];
  const all = slices([
    ...actuals.map((row) => ({at: row.time, name: "Actual", value: row.actual})),
    ...main.flatMap((name) => versions.get(name)!.map((row) => ({at: row.time, name, value: row.forecast}))),
    ...[...rest.values()].flatMap(({time, low, high}) => [
      {at: time, name: lowest, value: low},
      {at: time, name: highest, value: high}
    ])
  ]).sort((a, b) => +a.at - +b.at);
  return {
    slices: all,
    along: "x" as const,
    names: ["Actual", ...main, ...(others.length ? [lowest, highest] : [])],
    colored: main,
    label: capitalize(timeName),
    position: dateFormat(
      all.map(({at}) => at),
      timeZone
    ),
    format
  };
}
