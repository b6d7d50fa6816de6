// A forecast chart's tip at the pointer.
import * as Plot from "@observablehq/plot";
import type {Contents} from "../contents.js";
import {dateFormat} from "../date-format.js";
import type {Format} from "../format.js";
import type {ForecastRow} from "./forecast-row.js";
import {intervalLabel} from "./intervals.js";
import {muted} from "../palette.js";
import {tipStyle} from "../series-tip.js";

export interface ForecastTip {
  /** Whether there are several series: then the tip is for the nearest one, and names it. */
  several: boolean;
  levels: readonly (number | undefined)[];
  format: Format<number>;
  timeLabel: string;
  timeZone: string | undefined;
  /** Where the axis ends, if it ends before some values. */
  domain: readonly [number, number] | undefined;
}

/** What a row says: texts by their labels, undefined where there is none. The error is in the values' unit: °C has no percentages. */
function readings({
  several,
  levels,
  format
}: ForecastTip): Record<string, (row: ForecastRow) => string | undefined> {
  const number = (value: number, sign = "") => (isNaN(value) ? undefined : sign + format(value));
  const error = ({actual, forecast}: ForecastRow) => forecast - actual;
  return {
    ...(several && {Series: ({series}) => series}),
    Actual: ({actual}) => number(actual),
    Forecast: ({forecast}) => number(forecast),
    ...Object.fromEntries(
      levels.map((level, i) => [
        levels.length > 1 ? intervalLabel(level) : "Interval",
        (row: ForecastRow) => intervalText(row, i, format)
      ])
    ),
    Error: (row) => number(error(row), error(row) > 0 ? "+" : "")
  };
}

const knownOf = (rows: readonly ForecastRow[]) =>
  rows.filter((row) => !isNaN(row.actual) || !isNaN(row.forecast));

const timeFormat = (rows: readonly ForecastRow[], timeZone: string | undefined) =>
  dateFormat(
    rows.map(({time}) => time),
    timeZone
  );

/** Where the tip of a row stands. */
const heightOf =
  ([low, high]: readonly [number, number] = [-Infinity, Infinity]) =>
  ({actual, forecast}: ForecastRow) =>
    Math.min(high, Math.max(low, isNaN(actual) ? forecast : actual));

/** A rule at the pointer, and a tip with all values of its time. */
export function forecastTip(rows: readonly ForecastRow[], tip: ForecastTip): Plot.CompoundMark {
  const {several, timeLabel, timeZone, domain} = tip;
  const known = knownOf(rows);
  const pointer = several ? Plot.pointer : Plot.pointerX;
  const y = heightOf(domain);
  const channels = readings(tip);
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
          x: timeFormat(rows, timeZone),
          y: false,
          ...Object.fromEntries(Object.keys(channels).map((name) => [name, true]))
        }
      })
    )
  );
}

/** The same for keys and for the table, a row for each time and series. */
export function forecastContents(rows: readonly ForecastRow[], tip: ForecastTip): Contents {
  const all = Object.entries(readings(tip));
  const known = knownOf(rows);
  const shown = all.filter(([, text]) => known.some((row) => text(row) !== undefined));
  const [time, y] = [timeFormat(rows, tip.timeZone), heightOf(tip.domain)];
  return {
    columns: [tip.timeLabel, ...shown.map(([label]) => label)],
    rows: known.map((row) => ({
      cells: [time(row.time), ...shown.map(([, text]) => text(row) ?? "")],
      x: row.time,
      y: y(row)
    }))
  };
}

/** "5 – 7"; of an interval with an open end "≥ 5" or "≤ 7". */
export function intervalText(row: ForecastRow, level: number, format: Format<number>): string | undefined {
  const {lower, upper} = row.intervals[level] ?? {lower: NaN, upper: NaN};
  if (isNaN(lower)) return undefined;
  if (upper === Infinity) return `≥ ${format(lower)}`;
  return lower === -Infinity ? `≤ ${format(upper)}` : `${format(lower)} – ${format(upper)}`;
}
