// A forecast chart's tip at the pointer.
import * as Plot from "@observablehq/plot";
import {dateFormat} from "./date-format.js";
import type {Format} from "./format.js";
import type {ForecastRow} from "./forecast-row.js";
import {intervalLabel} from "./intervals.js";
import {muted} from "./palette.js";
import {tipStyle} from "./series-tip.js";

interface ForecastTip {
  /** Whether there are several series: then the tip is for the nearest one, and names it. */
  several: boolean;
  levels: readonly (number | undefined)[];
  format: Format<number>;
  timeLabel: string;
  timeZone: string | undefined;
  /** Where the axis ends, if it ends before some values. */
  domain: readonly [number, number] | undefined;
}

/** A rule at the pointer, and a tip with all values of its time. The error is in the values' unit: °C has no percentages. */
export function forecastTip(
  rows: readonly ForecastRow[],
  {several, levels, format, timeLabel, timeZone, domain: [low, high] = [-Infinity, Infinity]}: ForecastTip
): Plot.CompoundMark {
  const known = rows.filter((row) => !isNaN(row.actual) || !isNaN(row.forecast));
  const pointer = several ? Plot.pointer : Plot.pointerX;
  const y = ({actual, forecast}: ForecastRow) =>
    Math.min(high, Math.max(low, isNaN(actual) ? forecast : actual));
  const error = ({actual, forecast}: ForecastRow) => {
    const difference = forecast - actual;
    return isNaN(difference) ? undefined : `${difference > 0 ? "+" : ""}${format(difference)}`;
  };
  const intervals = levels.map((level, i) => [
    levels.length > 1 ? intervalLabel(level) : "Interval",
    (row: ForecastRow) => intervalText(row, i, format)
  ]);
  const number = (key: "actual" | "forecast") => (row: ForecastRow) =>
    isNaN(row[key]) ? undefined : format(row[key]);
  const channels: Record<string, unknown> = {
    ...(several && {Series: "series"}),
    Actual: number("actual"),
    Forecast: number("forecast"),
    ...(Object.fromEntries(intervals) as object),
    Error: error
  };
  const time = {value: "time", label: timeLabel} as Plot.ChannelValueSpec;
  return Plot.marks(
    Plot.ruleX(known, pointer({x: "time", ...(several && {py: y}), stroke: muted})),
    Plot.tip(
      known,
      pointer({
        ...tipStyle,
        x: time,
        y,
        channels: channels as Record<string, Plot.ChannelValueSpec>,
        format: {
          x: dateFormat(
            rows.map(({time}) => time),
            timeZone
          ),
          y: false,
          ...Object.fromEntries(Object.keys(channels).map((name) => [name, true]))
        }
      })
    )
  );
}

/** "5 – 7"; of an interval with an open end "≥ 5" or "≤ 7". */
export function intervalText(row: ForecastRow, level: number, format: Format<number>): string | undefined {
  const {lower, upper} = row.intervals[level] ?? {lower: NaN, upper: NaN};
  if (isNaN(lower)) return undefined;
  if (upper === Infinity) return `≥ ${format(lower)}`;
  return lower === -Infinity ? `≤ ${format(upper)}` : `${format(lower)} – ${format(upper)}`;
}
