// Which tables a statement can reach: what DuckDB's catalog says, and its errors.
import {messageOf, type ReadableTables} from "./error.js";
import type {Session} from "./session.js";
import {mentions} from "./statement.js";
import type {Tables} from "./tables.js";

/** The tables that a statement which can't be planned may read: those that it names, also by the page's views and macros. */
export async function reachable(
  tables: Tables,
  session: Session,
  text: string,
  mentioned: readonly string[]
): Promise<string[]> {
  const lazy = [...tables.lazy.keys()];
  if (!mentioned.length || /\bquery(_table)?\s*\(/i.test(text)) return lazy;
  const made = await session.query({
    text: `SELECT sql FROM duckdb_views() WHERE NOT internal AND (temporary OR database_name = '${session.catalog}')
        UNION ALL SELECT macro_definition FROM duckdb_functions() WHERE NOT internal AND macro_definition IS NOT NULL`,
    params: []
  });
  const own = Array.from(made.getChildAt(0)!, String).filter(
    (sql) => !sql.includes(`${session.parts}.main.`)
  );
  return lazy.filter((name) => mentioned.includes(name) || own.some((sql) => mentions(sql, name)));
}

/** The tables that there are, for an error that names them. */
export async function readable(tables: Tables, {query, catalog}: Session): Promise<ReadableTables> {
  const found = await query({
    text: `SELECT table_name FROM duckdb_tables() WHERE database_name IN ('${catalog}', 'temp')
        UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND database_name IN ('${catalog}', 'temp')`,
    params: []
  });
  // The page's own first.
  const isOther = (name: string) => Number(!tables.files.has(name));
  const existing = Array.from(found.getChildAt(0)!, String).sort(
    (a, b) => isOther(a) - isOther(b) || a.localeCompare(b)
  );
  const {loaded, files} = tables;
  const waiting = [...files.keys()].filter((table) => !loaded.has(table));
  return {
    present: [...existing, ...waiting],
    dropped: [...loaded].filter((table) => !existing.includes(table))
  };
}

/** Which of the tables DuckDB misses, if it is that. */
export function missingTable(error: unknown, names: readonly string[]): string | undefined {
  const missing = /^Catalog Error: Table with name (.+) does not exist/
    .exec(messageOf(error))?.[1]
    ?.toLowerCase();
  return names.find((name) => name.toLowerCase() === missing);
}

/** Whether DuckDB refuses a statement for what it says, rather than for what it meets in the data. */
export const isRefusal = (error: unknown) => /^(Parser|Binder|Catalog) Error/.test(messageOf(error));
