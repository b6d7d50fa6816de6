// Measures by group: what GROUP BY gives, as rows in TypeScript and as a statement for DuckDB.
import {column, type Data} from "./column.js";
import {grouped} from "./groups.js";
import type {Columns} from "./measure-types.js";
import {identifier} from "../tabular/quote.js";
import {measures, type MeasureName} from "./measures.js";

/** What to summarize: the columns to group by, the measures, and the names of the columns that they read. */
export interface Summary extends Columns {
  /** The columns to group by; without any, all rows are one group. */
  by?: string[];
  measures?: MeasureName[];
}

/** A group's values of the columns it is grouped by, and its measures by their names. */
export type SummaryRow = Record<string, unknown>;

/**
 * The measures of each group, in ascending order of the groups, with null last: `summarize(rows, {by: ["version"], measures:
 * ["wape", "bias"]})` gives `[{version: "ets", wape: 0.04, bias: -1.2}, …]`. Without `by`, it gives one row, even for no data.
 */
export function summarize(
  data: Data,
  {by = [], measures: names = ["wape"], ...columns}: Summary = {}
): SummaryRow[] {
  const values = columnsRead(names, columns).map((name) => [name, column(data, name)] as const);
  const groups = by.length ? grouped(data, by) : [{key: {}, index: undefined}];
  return groups.map(({key, index}) => {
    const rows = values.map(([name, column]) => [name, index ? index.map((i) => column[i]) : column]);
    const table = Object.fromEntries(rows) as Record<string, unknown[]>;
    return {...key, ...Object.fromEntries(names.map((name) => [name, measures[name](table, columns)]))};
  });
}

/** The statement that gives the same rows: `db.query(summarySql("forecast", {by: ["version"], measures: ["wape"]}))`. */
export function summarySql(
  table: string,
  {by = [], measures: names = ["wape"], ...columns}: Summary = {}
): string {
  const keys = by.map(identifier);
  const selected = [...keys, ...names.map((name) => `${measures[name].sql(columns)} AS ${identifier(name)}`)];
  return [
    `SELECT ${selected.join(",\n  ")}`,
    `FROM ${identifier(table)}`,
    ...(keys.length
      ? [`GROUP BY ${keys.join(", ")}`, `ORDER BY ${keys.map((key) => `${key} NULLS LAST`).join(", ")}`]
      : [])
  ].join("\n");
}

function columnsRead(names: MeasureName[], columns: Columns): string[] {
  const read = names.flatMap((name) => measures[name].reads.map((role) => columns[role] ?? role));
  return [...new Set(read.filter((name) => typeof name === "string"))];
}
