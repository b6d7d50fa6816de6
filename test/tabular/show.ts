// What a page has of a value of Arrow, in a few characters.
import {DataType} from "apache-arrow";

/** In JavaScript's notation; a time as its Date is written. */
export function show(type: DataType, value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (DataType.isTimestamp(type) || DataType.isDate(type)) return new Date(Number(value)).toISOString();
  if (DataType.isDecimal(type)) return decimal(value as Uint32Array, type.scale);
  if (DataType.isList(type)) {
    const items = Array.from(value as Iterable<unknown>, (item) =>
      show(type.children[0]!.type as DataType, item)
    );
    return `[${items.join(", ")}]`;
  }
  if (DataType.isMap(type)) {
    const [key, item] = (type.children[0]!.type as DataType).children as {type: DataType}[];
    const entries = Array.from(
      value as Iterable<[unknown, unknown]>,
      ([k, v]) => `${show(key!.type, k)}: ${show(item!.type, v)}`
    );
    return `Map {${entries.join(", ")}}`;
  }
  if (DataType.isStruct(type)) {
    const row = value as Record<string, unknown>;
    return `{${type.children.map(({name, type}) => `${name}: ${show(type as DataType, row[name])}`).join(", ")}}`;
  }
  if (value instanceof Uint8Array) return `bytes [${value.join(", ")}]`;
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "bigint" ? `${value}n` : `${value as number | boolean}`;
}

/** Two's complement in 32-bit words, the lowest first. */
function decimal(words: Uint32Array, scale: number): string {
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const value = BigInt.asIntN(32 * words.length, unsigned);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  const text = scale ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits;
  return value < 0n ? `-${text}` : text;
}
