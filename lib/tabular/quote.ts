// Names and values as SQL. Columns are called whatever a file's first line says, so nothing goes into a statement unquoted.
import {ValidationError} from "../wire/validation-error.js";

/** A column's or table's name as SQL. Throws `ValidationError` for a NUL character, where DuckDB would end the statement. */
export const identifier = (name: string): string => `"${withoutNul(name).replaceAll('"', '""')}"`;

/** A text as SQL. Throws `ValidationError` for a NUL character, where DuckDB would end the statement. */
export const literal = (text: string): string => `'${withoutNul(text).replaceAll("'", "''")}'`;

/** Several names, with commas between them. */
export const identifiers = (names: readonly string[]): string => names.map(identifier).join(", ");

function withoutNul(text: string): string {
  if (!text.includes("\0")) return text;
  throw new ValidationError(`${JSON.stringify(text)} holds a NUL character, which SQL can't hold: remove it`);
}
