// One type for the values of several columns.
import {type Column, isWhole, kindOf} from "./table.js";

/** The whole numbers that a BIGINT holds. */
const holdsLess = new Set(["TINYINT", "UTINYINT", "SMALLINT", "USMALLINT", "INTEGER", "UINTEGER", "BIGINT"]);

/** The narrowest type that holds the values of all columns. */
export function commonType(columns: Column[]): string {
  const types = new Set(columns.map(({type}) => type));
  if (types.size === 1) return [...types][0]!;
  if (columns.every(({type}) => isWhole(type)))
    return [...types].every((type) => holdsLess.has(type)) ? "BIGINT" : "DECIMAL(38,0)";
  if (columns.every(({type}) => kindOf(type) === "number")) return "DOUBLE";
  return columns.every(({type}) => kindOf(type) === "time") ? "TIMESTAMP" : "VARCHAR";
}
