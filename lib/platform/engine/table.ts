// What facets hand on: a table in the run's database, or a view that becomes one when somebody needs it to.
import {FacetError} from "./failure.js";
import {listNearest} from "./nearest.js";
import {identifier} from "../../tabular/quote.js";

export interface Column {
  name: string;
  /** As DuckDB calls it. */
  type: string;
}

export type Kind = "number" | "time" | "text" | "other";

export interface Table {
  /** Its name in the run's database, which nobody outside the engine sees. */
  name: string;
  columns: Column[];
  /** Whether the rows are stored, rather than worked out again by each reader. */
  stored: boolean;
  /** Whether working them out again costs no more than reading a file. */
  rowwise: boolean;
  /** How the file that it is read from has its rows: a SELECT of the same columns, each a text. */
  written?: string;
  facetId: string;
  sources: Table[];
}

/** What a type is good for. */
export function kindOf(type: string): Kind {
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*|BIGNUM)$/.test(type)) return "number";
  if (/^(DATE|TIMESTAMP.*)$/.test(type)) return "time";
  return type === "VARCHAR" ? "text" : "other";
}

export const isWhole = (type: string) =>
  /^U?(TINY|SMALL|BIG|HUGE)INT$|^U?INTEGER$|^BIGNUM$|^DECIMAL\(\d+,0\)$/.test(type);

export const columnNames = ({columns}: Table) => columns.map(({name}) => name);

/** The column of a name. Throws a FacetError that says which there are, the nearest first. */
export function columnOf(table: Table, name: string): Column {
  const column =
    table.columns.find((candidate) => candidate.name === name) ??
    table.columns.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (column) return column;
  throw new FacetError(`the table has no column '${name}'; it has: ${listNearest(name, columnNames(table))}`);
}

/** The columns of the names. Throws a FacetError where one is named twice. */
export function namedColumns(table: Table, names: string[]): Column[] {
  const columns = names.map((name) => columnOf(table, name));
  const twice = columns.find((column, i) => columns.indexOf(column) < i);
  if (twice) throw new FacetError(`column '${twice.name}' is named twice: name it once`);
  return columns;
}

/** The columns of the names; all of the table's where none is named. */
export const columnsOf = (table: Table, names: string[]) =>
  names.length === 0 ? table.columns : namedColumns(table, names);

/** A column as SQL that gives a number. Throws a FacetError where it holds none. */
export function asNumber({name, type}: Column): string {
  if (kindOf(type) === "number") return identifier(name);
  throw new FacetError(
    `column '${name}' holds no numbers (its type is ${type}): CONVERT it to NUMERIC first`
  );
}

/** A column, of a table such as `l.`, as SQL that gives a time; text is read as ISO 8601, and becomes missing where it isn't. */
export function asTime({name, type}: Column, table = ""): string {
  const kind = kindOf(type);
  const column = table + identifier(name);
  if (kind === "time") return type === "TIMESTAMP WITH TIME ZONE" ? `${column}::TIMESTAMP` : column;
  if (kind === "text") return `TRY_CAST(${column} AS TIMESTAMP)`;
  throw new FacetError(`column '${name}' holds no times (its type is ${type}): CONVERT it to TIME first`);
}

/** Whether a value is missing, as SQL: a blank text counts, for a CSV can't tell the two apart. */
export const isMissing = ({name, type}: Column) =>
  kindOf(type) === "text"
    ? `(${identifier(name)} IS NULL OR ${identifier(name)} = '')`
    : `(${identifier(name)} IS NULL)`;

/** Refuses a new column whose name another has: DuckDB takes names that differ in case alone for one. */
export function refuseTaken(columns: Column[], names: string[]) {
  const lower = columns.map(({name}) => name.toLowerCase());
  for (const [i, name] of names.entries()) {
    if (name === "") throw new FacetError("a new column has no name: give it one");
    if (lower.includes(name.toLowerCase())) {
      throw new FacetError(
        `the table has a column '${name}' already: choose another name, or drop or rename it first`
      );
    }
    if (names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < i) {
      throw new FacetError(`two columns would be called '${name}': choose another name for one`);
    }
  }
}
