// The marks of a chart of several versions' forecasts.
import * as Plot from "@observablehq/plot";
import type {Data} from "../metrics/column.js";
import type {Clip} from "./clip.js";
import {dashes} from "./coincide.js";
import {cutoffMark, cutoffs} from "./cutoff.js";
import {dateFormat} from "./date-format.js";
import {endLabels} from "./end-labels.js";
import {numberFormat, type Format} from "./format.js";
import type {ForecastRow} from "./forecast-row.js";
import {capitalize} from "./frame.js";
import {isAlone} from "./interval-marks.js";
import {colorsOf, muted, type Colors} from "./palette.js";
import {seriesTip, slices} from "./series-tip.js";
import {linesOf, versionsData, type VersionsColumnOptions, type VersionsData} from "./versions-data.js";

/** Options of `versionsMark`: the names of the data's columns, and how they are drawn. */
export interface VersionsMarkOptions extends VersionsColumnOptions {
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
  {cutoff, clip = false, format, ...columns}: VersionsMarkOptions = {}
): Plot.CompoundMark {
  const read = versionsData(data, columns);
  const colors = colorsOf(read.shown);
  const show = format ?? numberFormat(pointsOf(read).map(({value}) => value));
  const names = new Map(read.shown.map((name) => [name, name]));
  const {timeZone} = columns;
  return drawVersions(read, {
    colors,
    names,
    cutoff,
    timeZone,
    isClipped: clip !== false,
    colored: false,
    format: show
  });
}

export const hasForecast = ({forecast}: ForecastRow) => !isNaN(forecast);

/** All actual values and forecasts. */
export const pointsOf = ({actuals, versions}: VersionsData) => [
  ...actuals.flatMap(({time, actual}) => (isNaN(actual) ? [] : [{time, value: actual}])),
  ...[...versions.values()].flatMap((rows) =>
    rows.filter(hasForecast).map(({time, forecast}) => ({time, value: forecast}))
  )
];

/** How versions are drawn. */
export interface VersionsDrawing {
  colors: Colors;
  /** The names at the ends of the lines, as they are written; none if undefined. */
  names: ReadonlyMap<string, string> | undefined;
  cutoff: Date | string | null | undefined;
  timeZone: string | undefined;
  isClipped: boolean;
  /** Whether the plot's scale has the versions' colors, for the tip. */
  colored: boolean;
  format: Format<number>;
}

/** The marks of what was read. */
export function drawVersions(
  read: VersionsData,
  {colors, names, cutoff, timeZone, isClipped: clip, colored, format}: VersionsDrawing
): Plot.CompoundMark {
  const {actuals, versions, shown, known, timeName} = read;
  const lines = linesOf(versions);
  const dash = dashes(new Map(shown.map((name) => [name, lines.get(name)!])));
  const others = [...versions].filter(([name]) => !shown.includes(name)).flatMap(([, rows]) => rows);
  const times = pointsOf(read).map(({time}) => time);
  const at = cutoff === undefined ? known : cutoff;
  const last = shown.map((name) => versions.get(name)!.findLast(hasForecast)!);
  const forecast = {x: "time", y: "forecast", clip} as const;
  const alone = (rows: ForecastRow[]) =>
    rows.filter((row, i) => hasForecast(row) && isAlone(rows, i, hasForecast));
  return Plot.marks(
    Plot.lineY(others, {...forecast, z: "series", stroke: muted, strokeWidth: 1, strokeOpacity: 0.5}),
    Plot.dot(alone(others), {...forecast, fill: muted, r: 2}),
    Plot.lineY(actuals, {x: "time", y: "actual", stroke: "currentColor", strokeWidth: 1.5, clip}),
    ...shown.flatMap((name) => {
      const rows = versions.get(name)!;
      const strokeDasharray = dash.get(name);
      const stroke = colors.of(name);
      return [
        Plot.lineY(rows, {...forecast, stroke, strokeWidth: 2, ...(strokeDasharray && {strokeDasharray})}),
        Plot.dot(alone(rows), {...forecast, fill: stroke, r: 3.5})
      ];
    }),
    cutoffMark(times, at ? cutoffs(last, at, timeZone) : new Map(), {timeZone}),
    names
      ? endLabels(
          last.map((row) => ({
            x: row.time,
            y: row.forecast,
            label: row.series,
            text: names.get(row.series)!
          })),
          colors
        )
      : null,
    tip(read, {colored, timeZone, format, label: capitalize(timeName)}),
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

/** The actual value and every version in color, and between which values the others are. */
function tip(
  {actuals, versions, shown}: VersionsData,
  {
    colored,
    timeZone,
    format,
    label
  }: Pick<VersionsDrawing, "colored" | "timeZone" | "format"> & {label: string}
): Plot.CompoundMark {
  const inColor = shown.flatMap((name) => versions.get(name)!);
  const rest = new Map<number, {time: Date; low: number; high: number}>();
  for (const [name, rows] of versions) {
    if (shown.includes(name)) continue;
    for (const {time, forecast} of rows.filter(hasForecast)) {
      const {low, high} = rest.get(+time) ?? {low: forecast, high: forecast};
      rest.set(+time, {time, low: Math.min(low, forecast), high: Math.max(high, forecast)});
    }
  }
  const count = versions.size - shown.length;
  const [lowest, highest] = [`Lowest of ${count} others`, `Highest of ${count} others`];
  const all = slices([
    ...actuals.map((row) => ({at: row.time, name: "Actual", value: row.actual})),
    ...inColor.map((row) => ({at: row.time, name: row.series, value: row.forecast})),
    ...[...rest.values()].flatMap(({time, low, high}) => [
      {at: time, name: lowest, value: low},
      {at: time, name: highest, value: high}
    ])
  ]);
  return seriesTip(all, {
    along: "x",
    names: ["Actual", ...shown, ...(count ? [lowest, highest] : [])],
    colored: colored ? shown : [],
    label,
    position: dateFormat(
      all.map(({at}) => at),
      timeZone
    ),
    format
  });
}
