// Integers of 64 bits and more, and decimals, as what JavaScript has for them: numbers while those are exact.
import type {DataType} from "apache-arrow";
import {asText, withNumbers, type Arrow, type Column, type Data} from "./column.js";

/** Beyond it a number doesn't tell one integer from the next: 2⁵³ − 1. */
const maxExact = Number.MAX_SAFE_INTEGER;

/** Whether the type holds integers that may be too large for a number. DuckDB-WASM gives UHUGEINT as 16 bytes. */
export const isLargeInteger = (type: DataType, {DataType: is}: Arrow): boolean =>
  (is.isInt(type) && type.bitWidth === 64) ||
  (is.isDecimal(type) && type.scale <= 0) ||
  (is.isFixedSizeBinary(type) && type.byteWidth === 16);

/** The integers as doubles if all of them are exact so, else as bigints, else, beyond 64 bits, as text. */
export function largeIntegers(column: Column, arrow: Arrow): Column {
  const {type, parts} = column;
  const {DataType: is, Float64, Int64} = arrow;
  const numbers = parts.map((part) => Float64Array.from({length: part.length}, approximate(part, arrow)));
  const isWithin = (number: number) => Math.abs(number) <= maxExact;
  // What stands where a value is missing is anything.
  if (parts.every((part, i) => numbers[i]!.every((n, row) => isWithin(n) || !part.getValid(row)))) {
    return withNumbers(column, new Float64(), numbers, arrow);
  }
  if (is.isInt(type)) return column; // bigints already

  const bigints = parts.map((part) => Array.from({length: part.length}, exact(part, arrow)));
  const fits = (value: bigint) => BigInt.asIntN(64, value) === value;
  if (parts.every((part, i) => bigints[i]!.every((n, row) => fits(n) || !part.getValid(row)))) {
    const arrays = bigints.map((values) => BigInt64Array.from(values));
    return withNumbers(column, new Int64(), arrays, arrow);
  }
  return asText(column, (_, row, i) => String(bigints[i]![row]), arrow);
}

/** Decimals as the nearest doubles. */
export function decimals(column: Column, arrow: Arrow): Column {
  const numbers = column.parts.map((part) => {
    const {scale} = part.type as DataType & {scale: number};
    const unscaled = approximate(part, arrow);
    const read = exact(part, arrow);
    // Both are exact, and so their quotient is the nearest double; otherwise it would be rounded twice.
    const isExact = (n: number) => Math.abs(n) <= maxExact && scale <= 22;
    return Float64Array.from({length: part.length}, (_, row) => {
      const n = unscaled(_, row);
      return isExact(n) ? n / 10 ** scale : Number(`${read(_, row)}e-${scale}`);
    });
  });
  return withNumbers(column, new arrow.Float64(), numbers, arrow);
}

/** Reads the integer of a row as a number, exact to ±(2⁵³ − 1); those without the point, of a decimal. */
function approximate(part: Data, arrow: Arrow): (_: unknown, row: number) => number {
  if (arrow.DataType.isInt(part.type)) {
    const values = part.values as BigInt64Array | BigUint64Array;
    return (_, row) => Number(values[row]);
  }
  const read = exact(part, arrow);
  return (_, row) => Number(read(_, row));
}

/** Reads the integer of a row, of a type of 128 bits. */
function exact(part: Data, {DataType: is}: Arrow): (_: unknown, row: number) => bigint {
  const {type, length} = part;
  const {buffer, byteOffset} = part.values as Uint8Array;
  const words = new BigUint64Array(buffer, byteOffset, 2 * length); // little-endian
  const isSigned = is.isDecimal(type);
  return (_, row) => {
    const low = words[2 * row]!;
    const high = words[2 * row + 1]!;
    if (high === 0n) return low;
    const all = (high << 64n) | low;
    return isSigned ? BigInt.asIntN(128, all) : all;
  };
}
