// DuckDB in the page, over the data files of a dashboard: opened at the first question, each file read at its first mention.
import type {Table} from "apache-arrow";
import {setFiles} from "../tabular/files-of.js";
import type {Database, DatabaseOptions} from "./types.js";
import {startEngine, type Engine} from "./engine.js";
import {queryError, type Tables} from "./error.js";
import {fetchFile, type DatabaseFile} from "./file.js";
import {createTable, formatOf} from "./load.js";
import {once} from "./once.js";
import {Tasks, type Report} from "./progress.js";
import {remoteDatabase} from "./remote.js";
import {mentions, positional, statement, type Statement} from "./statement.js";

/**
 * A database with a table for each file, named as given: `database({forecast: FileAttachment("data/forecast.parquet")})`.
 * Nothing is fetched until the first statement; then DuckDB and the files whose tables the statement mentions. A statement
 * that mentions none, such as SHOW TABLES, loads them all. What failed to load is tried again by the next statement.
 * @param options `setup`: statements to run when it opens, such as the macros of ikigai-kit/metrics; `onWarning`: gets a
 * sentence, with the file's name, for a column that isn't read as one would expect, such as one kept as text; the console's
 * `warn` by default; `engine`: "gateway" lets the gateway answer, which reads Parquet that is too large for a page, if the config
 * allows it
 */
export function database(
  files: Record<string, DatabaseFile>,
  {
    setup = [],
    // eslint-disable-next-line no-console -- where who makes the page looks
    onWarning = (warning) => console.warn(warning),
    engine: where = "page"
  }: DatabaseOptions = {}
): Database {
  for (const [table, file] of Object.entries(files)) expectFile(table, file);
  const tables = Object.keys(files);
  expectDistinct(tables);

  if (where === "gateway") {
    return remoteDatabase(files, {setup, onWarning, inPage: () => database(files, {setup, onWarning})});
  }

  const tasks = new Tasks();
  const closing = new AbortController();
  let starting: Promise<Engine> | undefined;
  const engine = once(() => (starting = tasks.run("opening the database", start)));
  const loaded = new Set<string>();
  const loads = new Map(tables.map((table) => [table, once(() => load(table, files[table]!))]));

  async function start(report: Report): Promise<Engine> {
    const engine = await startEngine(report);
    try {
      for (const text of setup) await engine.query({text, params: []});
    } catch (error) {
      await engine.close();
      throw queryError(error);
    }
    return engine;
  }

  async function load(table: string, file: DatabaseFile): Promise<void> {
    await tasks.run(`loading ${table}`, async (report) => {
      const [bytes, started] = await Promise.all([
        fetchFile(file, closing.signal, (fraction) => report(fraction / 2)),
        engine()
      ]);
      const half: Report = (fraction) => report((1 + fraction) / 2);
      const warnings = await createTable(started, table, file, bytes, half);
      loaded.add(table);
      for (const warning of warnings) onWarning(warning);
    });
  }

  /** `work`, unless the database is closed before it is done; a worker that was ended never answers. */
  function untilClosed<T>(work: () => Promise<T>): Promise<T> {
    const {signal} = closing;
    return new Promise((resolve, reject) => {
      const close = () => reject(new Error("The database is closed"));
      if (signal.aborted) return close();
      signal.addEventListener("abort", close);
      work()
        .then(resolve, reject)
        .finally(() => signal.removeEventListener("abort", close));
    });
  }

  async function open(...names: string[]): Promise<void> {
    const wanted = names.length ? names : tables;
    await untilClosed(async () => {
      await Promise.all([engine(), ...wanted.map((table) => (loads.get(table) ?? unknown(table, tables))())]);
    });
  }

  async function run(statement: Statement): Promise<Table> {
    const mentioned = tables.filter((table) => mentions(statement.text, table));
    await open(...mentioned);
    return untilClosed(async () => {
      try {
        const answer = await (await engine()).query(statement);
        setFiles(
          answer,
          mentioned.map((table) => files[table]!.name)
        );
        return answer;
      } catch (error) {
        throw queryError(error, await readableTables().catch(() => undefined));
      }
    });
  }

  async function readableTables(): Promise<Tables> {
    const text =
      "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal";
    const found = await (await engine()).query({text, params: []});
    const existing = Array.from(found.getChildAt(0)!, String);
    const waiting = tables.filter((table) => !loaded.has(table));
    return {
      present: [...existing, ...waiting],
      dropped: [...loaded].filter((table) => !existing.includes(table))
    };
  }

  async function close(): Promise<void> {
    closing.abort();
    const started = await starting?.catch(() => undefined);
    await started?.close();
  }

  return {
    tables,
    sql: async (strings, ...values) => run(statement(strings, values)),
    query: async (text, values = []) => run(positional(text, values)),
    open,
    onProgress: (listener) => tasks.subscribe(listener),
    close,
    [Symbol.asyncDispose]: close
  };
}

function expectFile(table: string, file: DatabaseFile | undefined): void {
  if (typeof file?.url !== "function" || typeof file.name !== "string")
    throw new TypeError(
      `database: table "${table}" needs a file, such as {${table}: FileAttachment("data/${table}.parquet")}`
    );
  formatOf(table, file);
}

function expectDistinct(tables: string[]): void {
  const seen = new Map<string, string>();
  for (const table of tables) {
    const other = seen.get(table.toLowerCase());
    if (other)
      throw new Error(
        `database: "${other}" and "${table}" are one name to SQL, which ignores case: rename one`
      );
    seen.set(table.toLowerCase(), table);
  }
}

function unknown(table: string, tables: string[]): never {
  throw new Error(`The database has no table "${table}", but ${tables.join(", ") || "none at all"}`);
}
