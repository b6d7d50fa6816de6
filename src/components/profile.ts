// What is in a table: the profile of each column, and the first rows. By SQL, since DuckDB reads only what it needs.
import type {Asking} from "npm:ikigai-kit/database";
import {profileStatements, type ColumnProfile, type DescribedColumn} from "npm:ikigai-kit/metrics";
import {rows} from "./rows.js";

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** The profile of each column, in their order, and the first rows. */
export async function profile(db: Asking, table: string, signal: AbortSignal) {
  const ask = async <T>(sql: string) =>
    rows((await db.query(sql, [], {signal})) as Parameters<typeof rows>[0]) as T[];
  const sample = await ask<Record<string, unknown>>(`FROM ${quoted(table)} LIMIT 8`);
  const described = await ask<DescribedColumn>(
    `SELECT column_name AS name, column_type AS type FROM (DESCRIBE ${quoted(table)})`
  );
  const columns: ColumnProfile[] = [];
  for (const sql of profileStatements(table, described, {top: 20, exact: true}))
    columns.push(...(await ask<ColumnProfile>(sql)));
  return {columns, sample};
}
