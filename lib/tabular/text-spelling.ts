// How values are spelt in CSV and JSON.
import type {PlannedColumn} from "./plan.js";
import {decimalToDouble, type PlainValue} from "./plain-value.js";
import {isoDate, isoTime} from "./iso-time.js";
import {spelt, type Shape, type Spelling} from "./shape.js";

/**
 * The text of a time. Three digits of a second: more is no date to d3's autoType, and JavaScript has no more; but all of them
 * where the column is no date to anybody.
 */
export function timeText(value: PlainValue & {is: "date" | "time"}, sql: string): string {
  const isPlain = value.range === "plain";
  if (value.is === "date") return isoDate(sql, isPlain);
  if (value.areDays && value.range !== "any") return isoDate(sql, isPlain);
  const time = value.unit === "ns" ? sql : `${sql}::TIMESTAMP`;
  return isoTime(time, isPlain, value.range === "any" ? value.unit : "ms");
}

/** A column of a CSV file, as SQL. */
export function csvColumn({shape}: PlannedColumn, sql: string): string {
  if (shape.is !== "leaf") return `to_json(${spelt(shape, sql, json)})`;
  const value = shape.leaf;
  switch (value.is) {
    case "double":
      // JavaScript's words, which pandas and DuckDB know, too.
      return value.isFinite
        ? sql
        : `CASE WHEN isfinite(${sql}) THEN ${sql}::VARCHAR WHEN isnan(${sql}) THEN 'NaN' ` +
            `WHEN ${sql} > 0 THEN 'Infinity' WHEN ${sql} < 0 THEN '-Infinity' END`;
    case "bytes":
      return `base64(${sql})`;
    case "date":
    case "time":
      return timeText(value, sql);
    case "text":
      return `${sql}::VARCHAR`;
    default:
      return sql;
  }
}

/** A column of a JSON file, as SQL. */
export const jsonColumn = ({shape}: PlannedColumn, sql: string): string => spelt(shape, sql, json);

const json: Spelling<PlainValue> = {
  leaf(value, sql) {
    switch (value.is) {
      case "whole":
        return ["INTEGER", "DOUBLE"].includes(value.fits) ? `${sql}::BIGINT` : `${sql}::VARCHAR`;
      case "double": {
        if (value.decimal) return decimalToDouble(value.decimal, sql);
        return value.isFinite ? `${sql}::DOUBLE` : `CASE WHEN isfinite(${sql}) THEN ${sql}::DOUBLE END`;
      }
      case "bytes":
        return `base64(${sql})`;
      case "date":
      case "time":
        return timeText(value, sql);
      case "decimal":
      case "text":
        return `${sql}::VARCHAR`;
      default:
        return sql;
    }
  },
  /** An object's keys are texts, and none is missing. */
  key(key: Shape<PlainValue>, sql: string) {
    if (key.is !== "leaf") return `to_json(${spelt(key, sql, json)})::VARCHAR`;
    if (key.leaf.is === "double") return `${sql}::VARCHAR`;
    return `(${json.leaf(key.leaf, sql)})::VARCHAR`;
  }
};
