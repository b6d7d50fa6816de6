// Names and values as SQL. Columns are called whatever a file's first line says, so nothing goes in unquoted.
import {FacetError} from "./failure.js";

// DuckDB takes its SQL as a C string: what follows a NUL would silently be cut off.
function refuseNul(value: string): string {
  if (value.includes("\0")) throw new FacetError(`${JSON.stringify(value)} holds a NUL character: remove it`);
  return value;
}

/** A name as SQL. */
export const identifier = (name: string) => `"${refuseNul(name).replaceAll('"', '""')}"`;

/** A text as SQL. */
export const literal = (value: string) => `'${refuseNul(value).replaceAll("'", "''")}'`;

/** Several names, with commas between them. */
export const identifiers = (names: string[]) => names.map(identifier).join(", ");

/** A name that none of the given has, for a column that nobody is to see. */
export function freshName(wanted: string, taken: string[]): string {
  const lower = new Set(taken.map((name) => name.toLowerCase()));
  let name = wanted;
  for (let i = 1; lower.has(name); i++) name = `${wanted}_${i}`;
  return name;
}
