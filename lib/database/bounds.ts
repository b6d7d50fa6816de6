// The bounds of a row group's values, and the constants of a statement, as what JavaScript can compare.
import type {Physical, Statistics} from "./footer.js";
import type {Constant} from "./filter.js";

/** Integers and times as bigints, other numbers as numbers, text as its UTF-8 bytes, which is how DuckDB orders it. */
export type Comparable = bigint | number | Uint8Array;

/** A column of the table: its type in DuckDB, and how Parquet writes its values. */
export interface BoundedColumn {
  type: string;
  physical: Physical;
}

const integers = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT)$/;
const times = /^TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?$/;
const nanosecondsADay = 86_400_000_000_000n;

/** Both bounds, if the footer has them and they can be compared. */
export function boundsOf(
  {min, max}: Statistics,
  column: BoundedColumn
): {min: Comparable; max: Comparable} | undefined {
  if (!min || !max) return undefined;
  const low = boundOf(min, column);
  const high = boundOf(max, column);
  if (low === undefined || high === undefined || !(compare(low, high) <= 0)) return undefined;
  return {min: low, max: high};
}

function boundOf(bytes: Uint8Array, {type, physical}: BoundedColumn): Comparable | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === "VARCHAR") return physical.type === 6 ? bytes : undefined;
  if (type === "FLOAT")
    return physical.type === 4 && bytes.length === 4 ? view.getFloat32(0, true) : undefined;
  if (type === "DOUBLE")
    return physical.type === 5 && bytes.length === 8 ? view.getFloat64(0, true) : undefined;
  const whole = integer(view, physical);
  if (whole === undefined) return undefined;
  if (integers.test(type) && physical.isUnsigned === type.startsWith("U")) return whole;
  if (type === "DATE") return physical.type === 1 ? whole * nanosecondsADay : undefined;
  if (times.test(type)) return physical.nanoseconds && whole * physical.nanoseconds;
  return undefined;
}

function integer(view: DataView, {type, isUnsigned}: Physical): bigint | undefined {
  if (type === 1 && view.byteLength === 4)
    return BigInt(isUnsigned ? view.getUint32(0, true) : view.getInt32(0, true));
  if (type === 2 && view.byteLength === 8)
    return isUnsigned ? view.getBigUint64(0, true) : view.getBigInt64(0, true);
  return undefined;
}

/** The constant as a value of the column's type; undefined if it isn't certainly one. */
export function constantOf(
  {text, isText, type: cast}: Constant,
  {type}: BoundedColumn
): Comparable | undefined {
  if (type === "VARCHAR") return isText && !cast ? new TextEncoder().encode(text) : undefined;
  if (type === "DATE" || times.test(type)) {
    return isText && cast === type ? nanoseconds(text) : undefined;
  }
  if (isText || cast) return undefined;
  if (integers.test(type)) return /^-?\d+$/.test(text) ? BigInt(text) : undefined;
  if (type === "DOUBLE") return finite(Number(text));
  if (type === "FLOAT") return finite(Math.fround(Number(text)));
  return undefined;
}

const finite = (value: number) => (Number.isFinite(value) ? value : undefined);

function nanoseconds(text: string): bigint | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:\+00)?)?$/.exec(text);
  if (!match) return undefined; // before the year 0, after 9999, or infinite
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = ""] = match;
  const milliseconds = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second);
  if (+year! < 100) return undefined; // which Date.UTC takes for 19…
  return BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
}

/** Below zero, zero or above it, as sort functions have it; NaN for values of different kinds. */
export function compare(a: Comparable, b: Comparable): number {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  if (typeof a !== typeof b || a instanceof Uint8Array || b instanceof Uint8Array) return NaN;
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : NaN;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
