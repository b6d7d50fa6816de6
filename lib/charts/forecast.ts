// The forecast chart: actual values, forecasts with their interval, and the cutoff between them.
import * as Plot from "@observablehq/plot";
import type {Data} from "../metrics/column.js";
import {cutoffMark} from "./cutoff.js";
import {dateFormat, numberFormat, percentFormat, type Format} from "./format.js";
import {forecastRows, lastKnown, type ForecastRow} from "./forecast-rows.js";
import {forecastTip} from "./forecast-tip.js";
import {capitalize, drawable, emptyFrame, frame, room, valueAxis, type FrameOptions} from "./frame.js";
import {colorKey, type KeyItem} from "./key.js";
import {colorsOf, muted, palette, type Colors} from "./palette.js";
import {ifPresent, nameOf, type Value} from "./values.js";

/** Options of `forecastMark`: the names of the data's columns, and how they are drawn. */
export interface ForecastMarkOptions {
  /** When: dates, ISO 8601 texts, or milliseconds since 1970. */
  time?: Value;
  /** The actual values. */
  actual?: Value;
  /** The forecasts. */
  forecast?: Value;
  /** The lower end of the interval; the column "lower" if there is one. */
  lower?: Value | undefined;
  /** The upper end of the interval; the column "upper" if there is one. */
  upper?: Value | undefined;
  /** What identifies the series, if there are several; each gets a color of the plot's scale. */
  series?: Value | undefined;
  /** The last time that was known when the forecast was made; by default it comes from the data. Null draws no rule. */
  cutoff?: Date | string | null | undefined;
  /** The color of the forecast and its interval, if there is one series. */
  stroke?: string;
  /** The format of the values in the tip. */
  format?: Format<number> | undefined;
}

/**
 * The marks of a forecast chart, for a plot of your own: `Plot.plot({marks: [forecastMark(data, {time: "month"}),
 * Plot.ruleY([0])]})`. Takes the same data as {@link forecastChart}.
 */
export function forecastMark(
  data: Data,
  {
    time = "time",
    actual = "actual",
    forecast = "forecast",
    lower = ifPresent(data, "lower"),
    upper = ifPresent(data, "upper"),
    series,
    ...options
  }: ForecastMarkOptions = {}
): Plot.CompoundMark {
  const rows = forecastRows(data, {time, actual, forecast, lower, upper, series});
  return draw(rows, {timeLabel: capitalize(nameOf(time)), ...options});
}

/** Options of `forecastChart`: those of `forecastMark`, and of the figure around it. */
export interface ForecastChartOptions extends ForecastMarkOptions, FrameOptions {
  /** The values' unit, such as "thousand jobs". */
  unit?: string;
  /** The interval's nominal share of actual values, such as 0.9. */
  level?: number;
}

/**
 * A chart of actual values, their forecast with its interval, and the cutoff, the last time that was known.
 * The data has a row for each time, of which the actual value, the forecast or both may be missing: history has no forecast,
 * the future no actual value. With `series`, it has such rows for each.
 */
export function forecastChart(
  data: Data,
  {
    time = "time",
    actual = "actual",
    forecast = "forecast",
    lower = ifPresent(data, "lower"),
    upper = ifPresent(data, "upper"),
    series,
    cutoff,
    unit,
    level,
    stroke = palette[0]!,
    format,
    width = 640,
    height = Math.round(Math.min(400, Math.max(240, width / 2))),
    marks = [],
    ...options
  }: ForecastChartOptions = {}
): HTMLElement {
  width = drawable(width);
  const rows = forecastRows(data, {time, actual, forecast, lower, upper, series});
  if (!rows.length) return emptyFrame({width, height, ...options});
  const values = rows.flatMap((row) => [row.actual, row.forecast, row.lower, row.upper]);
  const read = format ?? numberFormat(values);
  const colors = colorsOf(series === undefined ? [] : rows.map((row) => row.series), options.color);
  return frame({
    ariaLabel: "Forecast chart",
    ariaDescription: describe(rows, read),
    marginTop: unit ? 36 : 24,
    marginLeft: room(values.filter(Number.isFinite).map(numberFormat(values))) + 16,
    marginRight: 20,
    key: keyItems(rows, {colors, stroke, level}),
    ...options,
    color: colors.scale,
    width,
    height,
    x: {type: "utc", label: null, ...options.x},
    y: {label: unit ? capitalize(unit) : null, ...valueAxis(height), ...options.y},
    marks: [draw(rows, {timeLabel: capitalize(nameOf(time)), cutoff, stroke, format: read}), ...marks]
  });
}

interface Drawing extends Pick<ForecastMarkOptions, "cutoff" | "stroke" | "format"> {
  timeLabel: string;
}

function draw(
  rows: ForecastRow[],
  {
    cutoff = lastKnown(rows),
    stroke = palette[0]!,
    format = numberFormat(rows.flatMap((row) => [row.actual, row.forecast])),
    timeLabel
  }: Drawing
): Plot.CompoundMark {
  const several = rows.some(({series}) => series !== "");
  const color = several ? "series" : stroke;
  return Plot.marks(
    Plot.areaY(rows, {x: "time", y1: "lower", y2: "upper", z: "series", fill: color, fillOpacity: 0.25}),
    Plot.lineY(rows, {
      x: "time",
      y: "actual",
      z: "series",
      stroke: several ? "series" : "currentColor",
      strokeWidth: 1.5
    }),
    Plot.lineY(rows, {
      x: "time",
      y: "forecast",
      z: "series",
      stroke: color,
      strokeWidth: 2,
      ...(several && {strokeDasharray: "5,4"})
    }),
    cutoff
      ? cutoffMark(
          rows.map(({time}) => time),
          cutoff
        )
      : null,
    forecastTip(rows, {several, format, timeLabel})
  );
}

function keyItems(
  rows: ForecastRow[],
  {colors, stroke, level}: {colors: Colors; stroke: string; level: number | undefined}
): KeyItem[] {
  const several = colors.names.length > 0;
  const ink = several ? muted : "currentColor";
  const forecastColor = several ? muted : stroke;
  const has = (column: "actual" | "forecast" | "lower") => rows.some((row) => !isNaN(row[column]));
  const interval = level === undefined ? "Interval" : `${percentFormat([1])(level)} interval`;
  const items: (KeyItem | false)[] = [
    ...colorKey(colors, "line"),
    has("actual") && {label: "Actual", color: ink, kind: "line"},
    has("forecast") && {label: "Forecast", color: forecastColor, kind: several ? "dashed" : "line"},
    has("lower") && {label: interval, color: forecastColor, kind: "band"}
  ];
  return items.filter((item) => item !== false);
}

/** The chart in words. */
function describe(rows: ForecastRow[], format: Format<number>): string {
  const readTime = dateFormat(rows.map(({time}) => time));
  const part = (name: string, column: "actual" | "forecast") => {
    const known = rows.filter((row) => !isNaN(row[column]));
    const [first, last] = [known[0], known.at(-1)];
    return first && last
      ? [`${name} from ${readTime(first.time)} to ${readTime(last.time)}, the last ${format(last[column])}`]
      : [];
  };
  return [...part("Actual values", "actual"), ...part("Forecasts", "forecast")].join("; ") + ".";
}
