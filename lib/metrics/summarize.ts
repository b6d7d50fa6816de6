// Measures by group: what GROUP BY gives, as rows in TypeScript and as a statement for DuckDB.
import {column, type Data} from "./column.js";
import {type Columns} from "./measure.js";
import {identifier} from "../tabular/quote.js";
import {measures, type MeasureName} from "./measures.js";
import {ascending} from "./order.js";

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
  const keys = by.map((name) => column(data, name));
  const values = columnsRead(names, columns).map((name) => [name, column(data, name)] as const);
  const length = Math.max(0, ...[...keys, ...values.map(([, v]) => v)].map((v) => v.length));
  const groups = new Map<string, {key: unknown[]; index: number[]}>();
  if (!by.length) groups.set("[]", {key: [], index: []});
  for (let i = 0; i < length; ++i) {
    const key = keys.map((column) => column[i] ?? null);
    const id = JSON.stringify(key.map(groupKey));
    const group = groups.get(id);
    if (group) group.index.push(i);
    else groups.set(id, {key, index: [i]});
  }
  return [...groups.values()]
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({key, index}) => {
      const rows = Object.fromEntries(values.map(([name, column]) => [name, index.map((i) => column[i])]));
      return {
        ...Object.fromEntries(by.map((name, i) => [name, key[i]])),
        ...Object.fromEntries(names.map((name) => [name, measures[name](rows, columns)]))
      };
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

/** A value for JSON that differs whenever SQL's GROUP BY sees a difference. */
function groupKey(value: unknown): unknown {
  if (value instanceof Date) return {date: +value};
  if (typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value)))
    return {number: `${value}`};
  return value;
}

function compareKeys(a: unknown[], b: unknown[]): number {
  return a.reduce<number>((order, value, i) => order || ascending(value, b[i]), 0);
}
