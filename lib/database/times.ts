// Dates, times and intervals as pages can show them: milliseconds since 1970, or texts as DuckDB writes them.
import type {DataType} from "apache-arrow";
import {milliseconds} from "../tabular/milliseconds.js";
import {asText, withNumbers, type Arrow, type Column, type Data} from "./column.js";

const day = 86_400_000n;
const lastDate = 8_640_000_000_000_000n; // what Date can hold; stands for DuckDB's infinity, too

/** Dates and timestamps of any unit as milliseconds, which Plot and Inputs know as dates. */
export function instants(column: Column, arrow: Arrow): Column {
  const times = column.parts.map((part) => toMilliseconds(part, arrow));
  return withNumbers(column, new arrow.TimestampMillisecond(), times, arrow);
}

function toMilliseconds({type, values: raw, length}: Data, {DataType: is, TimeUnit}: Arrow): BigInt64Array {
  const values = raw as BigInt64Array | Int32Array;
  if (values instanceof Int32Array) return BigInt64Array.from({length}, (_, i) => BigInt(values[i]!) * day);
  const unit = is.isTimestamp(type) ? type.unit : TimeUnit.MILLISECOND;
  return values.subarray(0, length).map((value) => {
    const time = milliseconds(value, unit);
    return time > lastDate ? lastDate : time < -lastDate ? -lastDate : time;
  });
}

/** Times of day as text: `10:20:30.5`. */
export function timesOfDay(column: Column, arrow: Arrow): Column {
  const {unit} = column.type as DataType & {unit: number};
  const perSecond = 10n ** (3n * BigInt(unit));
  const microseconds = (value: bigint) => (value * 1_000_000n) / perSecond;
  return asText(
    column,
    ({values}, row) => clock(microseconds(BigInt((values as BigInt64Array | Int32Array)[row]!))),
    arrow
  );
}

/** Intervals as text: `1 year 2 months 3 days 04:05:06`. */
export function intervals(column: Column, arrow: Arrow): Column {
  return asText(
    column,
    ({values, stride}, row) => {
      const words = (values as Int32Array).subarray(row * stride, (row + 1) * stride);
      const [months = 0, days = 0, low = 0, high = 0] = words;
      return intervalText(months, days, ((BigInt(high) << 32n) | BigInt(low >>> 0)) / 1000n);
    },
    arrow
  );
}

function intervalText(months: number, days: number, microseconds: bigint): string {
  const parts = [
    [Math.trunc(months / 12), "year"],
    [months % 12, "month"],
    [days, "day"]
  ] as const;
  const texts = parts.flatMap(([n, unit]) => (n ? [`${n} ${unit}${Math.abs(n) === 1 ? "" : "s"}`] : []));
  if (microseconds || !texts.length) texts.push(clock(microseconds));
  return texts.join(" ");
}

/** `10:20:30.5`; hours may have any number of digits. */
function clock(microseconds: bigint): string {
  const size = microseconds < 0n ? -microseconds : microseconds;
  const seconds = size / 1_000_000n;
  const two = (n: bigint) => String(n).padStart(2, "0");
  const fraction = String(size % 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/, "");
  const text = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return `${microseconds < 0n ? "-" : ""}${text}${fraction && "."}${fraction}`;
}
