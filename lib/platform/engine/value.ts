// A value that a user wrote, as SQL of a column's type.
import {FacetError} from "./failure.js";
import {literal} from "../../tabular/quote.js";
import {type Column, kindOf} from "./table.js";

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const isoTime = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?$/;

/** Throws a FacetError where the text isn't a value of the column's kind. */
export function valueOf(value: string, column: Column): string {
  const kind = kindOf(column.type);
  const wrong = (wanted: string) =>
    new FacetError(`column '${column.name}' holds ${wanted}, and '${value}' isn't one: give one`);
  if (kind === "number") {
    if (!decimal.test(value.trim())) throw wrong("numbers");
    return value.trim();
  }
  if (kind === "time") {
    if (!isoTime.test(value.trim())) throw wrong("times such as 2024-01-31 or 2024-01-31 08:00");
    const zoned = /:.*(Z|[+-]\d{2}(:?\d{2})?)$/.test(value);
    return `${zoned ? "TIMESTAMPTZ" : "TIMESTAMP"} ${literal(value.trim())}${zoned ? "::TIMESTAMP" : ""}`;
  }
  if (column.type === "BOOLEAN") {
    if (!/^(true|false)$/i.test(value)) throw wrong("true or false");
    return value.toLowerCase();
  }
  return literal(value);
}
