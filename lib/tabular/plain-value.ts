// The plain values that a file can hold: which of them a SQL type becomes, by the values where the type leaves a choice.
import {DuckDBTypeId, type DuckDBDecimalType, type DuckDBType, type DuckDBValue} from "@duckdb/node-api";
import type {Aggregated} from "./shape.js";

/** What a column, or a place in a nested one, holds. */
export type PlainValue =
  | {is: "boolean" | "text" | "json" | "bytes"}
  /** Whole numbers, and the least of these that holds them all with every digit. */
  | {is: "whole"; fits: "INTEGER" | "DOUBLE" | "BIGINT" | "DECIMAL(38,0)" | "VARCHAR"}
  | {is: "double"; isFinite: boolean; decimal?: DuckDBDecimalType}
  /** Numbers with a point of which a DOUBLE would lose digits. */
  | {is: "decimal"; type: DuckDBDecimalType}
  | {is: "date"; range: Range}
  | {is: "time"; range: Range; unit: "ms" | "us" | "ns"; areDays: boolean};

/** Whether all of a column's times have four digits for a year, or are at least such as JavaScript knows, or else. */
export type Range = "plain" | "dates" | "any";

const Type = DuckDBTypeId;

const wholeTypes = new Set<DuckDBTypeId>([
  ...[Type.TINYINT, Type.SMALLINT, Type.INTEGER, Type.BIGINT, Type.HUGEINT],
  ...[Type.UTINYINT, Type.USMALLINT, Type.UINTEGER, Type.UBIGINT, Type.UHUGEINT]
]);
const timeTypes = new Set<DuckDBTypeId>([
  ...[Type.TIMESTAMP, Type.TIMESTAMP_S, Type.TIMESTAMP_MS, Type.TIMESTAMP_NS, Type.TIMESTAMP_TZ]
]);

const isWhole = (type: DuckDBType) =>
  wholeTypes.has(type.typeId) || (type.typeId === Type.DECIMAL && type.scale === 0);

/** Whether a type becomes text whatever its values are. */
export const isText = (type: DuckDBType) => plainValue(type, []).is === "text";

/** What is to be aggregated of a type's values, for `plainValue`. */
export function questions(type: DuckDBType, of: Aggregated): string[] {
  if (isWhole(type)) return (["min", "max"] as const).map((side) => `${of(side, (sql) => sql)}::VARCHAR`);
  const all = (...conditions: ((sql: string) => string)[]) =>
    conditions.map((condition) => of("bool_and", condition));
  const {typeId} = type;
  if (typeId === Type.DECIMAL) return type.width > safeDigits ? all((sql) => hasDouble(type, sql)) : [];
  if (typeId === Type.FLOAT || typeId === Type.DOUBLE) return all((sql) => `isfinite(${sql})`);
  if (typeId === Type.DATE) return all(...ranges("DATE"));
  if (!timeTypes.has(typeId)) return [];
  const parts = (digits: number) => (sql: string) => `epoch_ns(${sql}::TIMESTAMP_NS) % ${10 ** digits} = 0`;
  // Only these have nanoseconds, and years that all have four digits.
  if (typeId === Type.TIMESTAMP_NS)
    return all(
      (sql) => `isfinite(${sql}::TIMESTAMP)`,
      () => "true",
      isDay,
      parts(6),
      parts(3)
    );
  return all(...ranges("TIMESTAMP"), isDay, (sql) => `epoch_us(${sql}::TIMESTAMP) % 1000 = 0`);
}

/** @param answers to its `questions`, null where there is no value */
export function plainValue(type: DuckDBType, answers: readonly DuckDBValue[]): PlainValue {
  if (isWhole(type)) return {is: "whole", fits: fits(answers.map((text) => BigInt(String(text ?? 0))))};
  const holds = (i: number) => answers[i] !== false;
  switch (type.typeId) {
    case Type.BOOLEAN:
      return {is: "boolean"};
    case Type.FLOAT:
    case Type.DOUBLE:
      return {is: "double", isFinite: holds(0)};
    case Type.DECIMAL:
      return holds(0) ? {is: "double", isFinite: true, decimal: type} : {is: "decimal", type};
    case Type.BLOB:
      return {is: "bytes"};
    case Type.DATE:
      return {is: "date", range: rangeOf(holds(0), holds(1))};
    case Type.VARCHAR:
      return {is: type.alias === "JSON" ? "json" : "text"};
  }
  if (!timeTypes.has(type.typeId)) return {is: "text"};
  const unit = holds(3) ? "ms" : type.typeId === Type.TIMESTAMP_NS && !holds(4) ? "ns" : "us";
  return {is: "time", range: rangeOf(holds(0), holds(1)), areDays: holds(2), unit};
}

function fits([min, max]: bigint[]) {
  const isWithin = (least: bigint, most: bigint) => min! >= least && max! <= most;
  // Not the least INTEGER, as for datasets: pandas and others take it for a missing value.
  if (isWithin(-(2n ** 31n) + 1n, 2n ** 31n - 1n)) return "INTEGER";
  if (isWithin(-(2n ** 53n), 2n ** 53n)) return "DOUBLE";
  if (isWithin(-(2n ** 63n), 2n ** 63n - 1n)) return "BIGINT";
  return isWithin(-(10n ** 38n) + 1n, 10n ** 38n - 1n) ? "DECIMAL(38,0)" : "VARCHAR";
}

const rangeOf = (areDates: boolean, arePlain: boolean): Range =>
  !areDates ? "any" : arePlain ? "plain" : "dates";

/** Whether JavaScript's Date holds a time, and whether its year has four digits. */
const ranges = (type: "DATE" | "TIMESTAMP") => [
  (sql: string) => `${sql}::${type} BETWEEN ${type} '271822-04-21 (BC)' AND ${type} '275760-09-12'`,
  (sql: string) => `${sql}::${type} BETWEEN ${type} '0001-01-01' AND ${type} '9999-12-31'`
];

const isDay = (sql: string) => `${sql}::TIMESTAMP = date_trunc('day', ${sql}::TIMESTAMP)`;

/** Every number of as many digits comes back from a DOUBLE. */
const safeDigits = 15;

/** SQL that tells whether a decimal's digits are those of the DOUBLE that is nearest. The cast back takes 4 µs, so few take it. */
const hasDouble = (type: DuckDBDecimalType, sql: string) =>
  `CASE WHEN ${isSafe(type, sql)} THEN true ` +
  `ELSE coalesce(TRY_CAST(${sql}::VARCHAR::DOUBLE::VARCHAR AS ${String(type)}) = ${sql}, false) END`;

const isSafe = ({scale}: DuckDBDecimalType, sql: string) => `abs(${sql}) < 1e${safeDigits - scale}`;

/** SQL that gives the DOUBLE nearest to a decimal: the cast rounds twice where there are many digits, the text's doesn't. */
export function decimalToDouble(type: DuckDBDecimalType, sql: string): string {
  // 10 to this power is the last that a DOUBLE holds.
  if (type.width <= safeDigits) return `${sql}::DOUBLE`;
  const nearest = `${sql}::VARCHAR::DOUBLE`;
  return type.scale > 22 ? nearest : `CASE WHEN ${isSafe(type, sql)} THEN ${sql}::DOUBLE ELSE ${nearest} END`;
}
