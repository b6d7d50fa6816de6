// What is in a table's columns: types, missing values, how values are distributed. By SQL, since DuckDB reads only what it needs.
import type {Asking} from "npm:ikigai-kit/database";
import {rows} from "./rows.js";

/** A column, and how often its values fall into each of at most twenty bins of equal width, or are its most frequent texts. */
export interface ColumnProfile {
  name: string;
  type: string;
  rows: number;
  missing: number;
  distinct: number;
  least: string | null;
  largest: string | null;
  bins: number[];
}

const binCount = 20;
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** The profile of each column, in their order, and the first rows. */
export async function profile(db: Asking, table: string, signal: AbortSignal) {
  const ask = async (sql: string) => rows((await db.query(sql, [], {signal})) as Parameters<typeof rows>[0]);
  const sample = await ask(`FROM ${quoted(table)} LIMIT 8`);
  const names = Object.keys(sample[0] ?? {});
  if (!names.length) return {columns: [], sample};
  const facts = (await ask(
    names.map((name, i) => factsSql(table, name, i)).join(" UNION ALL ") + " ORDER BY i"
  )) as unknown as (Omit<ColumnProfile, "bins"> & {i: number})[];
  const bins = (await ask(facts.map((column) => binsSql(table, column)).join(" UNION ALL "))) as unknown as {
    i: number;
    bin: number | null;
    n: number;
  }[];
  const columns: ColumnProfile[] = facts.map(({i, ...column}) => {
    const counts = bins.filter((one) => one.i === i && one.bin !== null);
    const length = Math.max(0, ...counts.map(({bin}) => bin! + 1));
    return {...column, bins: Array.from({length}, (_, k) => counts.find(({bin}) => bin === k)?.n ?? 0)};
  });
  return {columns, sample};
}

function factsSql(table: string, name: string, i: number): string {
  const column = quoted(name);
  return `SELECT ${i} AS i, '${name.replaceAll("'", "''")}' AS name, any_value(typeof(${column})) AS type, count(*) AS rows,
    count(*) - count(${column}) AS missing, count(DISTINCT ${column}) AS "distinct",
    min(${column})::VARCHAR AS least, max(${column})::VARCHAR AS largest FROM ${quoted(table)}`;
}

function binsSql(table: string, {i, name, type}: {i: number; name: string; type: string}): string {
  const column = quoted(name);
  const from = `FROM ${quoted(table)} WHERE ${column} IS NOT NULL`;
  const value = /DATE|TIMESTAMP/.test(type)
    ? `epoch_ms(${column}::TIMESTAMP)`
    : /INT|DOUBLE|FLOAT|DECIMAL/.test(type) && column;
  if (!value)
    return `SELECT ${i} AS i, (row_number() OVER (ORDER BY n DESC) - 1)::INTEGER AS bin, n
      FROM (SELECT count(*) AS n ${from} GROUP BY ${column} ORDER BY n DESC LIMIT ${binCount})`;
  return `SELECT ${i} AS i, coalesce(least(${binCount - 1}, floor(${binCount} * (v - low) / nullif(high - low, 0))), 0)::INTEGER AS bin,
      count(*) AS n
    FROM (SELECT v, min(v) OVER () AS low, max(v) OVER () AS high FROM (SELECT ${value}::DOUBLE AS v ${from})) GROUP BY bin`;
}
