// DuckDB in the page, over the data files of a dashboard: opened at the first question, of each file read what a statement needs.
import type {Table} from "apache-arrow";
import {setFiles} from "../tabular/files-of.js";
import {asking, askingLatest, askingUntil, either, unlessAborted} from "./asking.js";
import {queryError} from "./error.js";
import type {DatabaseFile} from "./file.js";
import {whenIdle} from "./idle.js";
import {expectFormat, isLazy} from "./load.js";
import {once} from "./once.js";
import {Tasks} from "./progress.js";
import {remoteDatabase} from "./remote.js";
import {Runner} from "./runner.js";
import {openSession, type Session} from "./session.js";
import {mentions, type Statement} from "./statement.js";
import {holdEngine, type TabEngine} from "./tab-engine.js";
import {Tables} from "./tables.js";
import type {Database, DatabaseOptions} from "./types.js";

/**
 * A database with a table for each file, named as given: `database({forecast: FileAttachment("data/forecast.parquet")})`.
 * Nothing is fetched until the first statement; then DuckDB, which all databases of a tab share, and of the files whose tables the
 * statement mentions: of Parquet the columns and row groups that the statement needs, others whole. A statement that mentions no
 * table, such as SHOW TABLES, opens them all. What failed to load is tried again by the next statement. Several Parquet files with
 * the same columns can be one table: `{sales: [FileAttachment("data/sales-2024.parquet"), …]}`.
 */
export function database(
  files: Record<string, DatabaseFile | readonly DatabaseFile[]>,
  {
    setup = [],
    // eslint-disable-next-line no-console -- where who makes the page looks
    onWarning = (warning) => console.warn(warning),
    whole = false,
    memory = 1_000_000_000,
    engine: where = "page"
  }: DatabaseOptions = {}
): Database {
  const given = new Map(Object.entries(files).map(([table, file]) => [table, filesOf(table, file)]));
  const names = [...given.keys()];
  expectDistinct(names);

  if (where === "gateway") {
    const inPage = (files: Record<string, DatabaseFile>) =>
      database(files, {setup, onWarning, whole, memory});
    return remoteDatabase(singleFiles(given), {setup, onWarning, inPage});
  }

  const tasks = new Tasks();
  const closing = new AbortController();
  const hold = holdEngine();
  let opened: Promise<{tab: TabEngine; session: Session}> | undefined;
  const engine = once(
    () => (opened = tasks.run("opening the database", (report) => start(hold.open(report))))
  );
  const tables = new Tables(given, {whole, memory, tasks, signal: closing.signal, onWarning, engine});
  const runner = new Runner(tables, async () => (await engine()).session, setup);

  async function start(starting: Promise<TabEngine>): Promise<{tab: TabEngine; session: Session}> {
    const tab = await starting;
    closing.signal.throwIfAborted();
    const session = await openSession(tab, ++tab.databases);
    try {
      for (const text of setup) await session.run({text, params: []}, false, closing.signal);
    } catch (error) {
      await session.close();
      throw queryError(error);
    }
    return {tab, session};
  }

  async function open(...wanted: string[]): Promise<void> {
    const chosen = wanted.length ? wanted : names;
    for (const table of chosen) expectTable(table, names);
    await unlessAborted(closing.signal, async () => {
      await Promise.all([engine(), ...chosen.map((table) => tables.open(table))]);
    });
  }

  async function run(statement: Statement, signal?: AbortSignal): Promise<Table> {
    const ending = either(closing.signal, signal)!;
    return unlessAborted(ending, async () => {
      const mentioned = names.filter((table) => mentions(statement.text, table));
      await open(...mentioned);
      const answer = await runner.run(statement, mentioned, ending);
      setFiles(
        answer,
        mentioned.flatMap((table) => given.get(table)!.map(({name}) => name))
      );
      return answer;
    });
  }

  async function replace(table: string, file: DatabaseFile | readonly DatabaseFile[]): Promise<void> {
    expectTable(table, names);
    const others = filesOf(table, file);
    closing.signal.throwIfAborted();
    await unlessAborted(closing.signal, () => runner.replace(table, () => given.set(table, others)));
  }

  const close = once(async () => {
    closing.abort(new Error("The database is closed"));
    if (await hold.release()) return;
    const mine = await opened?.catch(() => undefined);
    if (mine) await runner.turn(() => mine.session.close());
  });

  return {
    tables: names,
    ...asking(run),
    latest: () => askingLatest(run),
    until: (end) => askingUntil(run, end),
    open,
    async warm() {
      await unlessAborted(closing.signal, async () => {
        await whenIdle();
        await hold.warm();
      });
    },
    replace,
    onProgress: (listener) => tasks.subscribe(listener),
    close,
    [Symbol.asyncDispose]: close
  };
}

function filesOf(table: string, given: DatabaseFile | readonly DatabaseFile[] | undefined): DatabaseFile[] {
  const files = Array.isArray(given) ? [...(given as readonly DatabaseFile[])] : [given as DatabaseFile];
  const areFiles = files.every((file) => typeof file?.url === "function" && typeof file.name === "string");
  if (!files.length || !areFiles)
    throw new TypeError(
      `database: table "${table}" needs a file, such as {${table}: FileAttachment("data/${table}.parquet")}`
    );
  for (const file of files) expectFormat(table, file);
  const other = files.length > 1 && files.find((file) => !isLazy(file));
  if (other)
    throw new Error(
      `database: table "${table}" can be of several files if all are .parquet, and not ${other.name}`
    );
  return files;
}

/** Each table's file, for an engine that reads a table of one. */
function singleFiles(files: ReadonlyMap<string, readonly DatabaseFile[]>): Record<string, DatabaseFile> {
  const several = [...files].find(([, list]) => list.length > 1);
  if (several)
    throw new Error(
      `database: the gateway reads a table of one file, and "${several[0]}" is of ${several[1].length}`
    );
  return Object.fromEntries([...files].map(([table, [file]]) => [table, file!]));
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

function expectTable(table: string, tables: string[]): void {
  if (!tables.includes(table))
    throw new Error(`The database has no table "${table}", but ${tables.join(", ") || "none at all"}`);
}
