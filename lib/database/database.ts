// DuckDB in the page, over the data files of a dashboard: opened at the first question, of each file read what a statement needs.
import type {Table} from "apache-arrow";
import {setFiles} from "../tabular/files-of.js";
import {asking, askingLatest, askingUntil, either, unlessAborted} from "./asking.js";
import {queryError} from "./error.js";
import {expectTable, filesOf, tableFiles, type GivenFiles} from "./given-files.js";
import {whenIdle} from "./idle.js";
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
  files: Record<string, GivenFiles>,
  {
    setup = [],
    // eslint-disable-next-line no-console -- where who makes the page looks
    onWarning = (warning) => console.warn(warning),
    whole = false,
    memory = 1_000_000_000,
    engine: where = "page"
  }: DatabaseOptions = {}
): Database {
  const given = tableFiles(files);
  const names = [...given.keys()];

  if (where === "gateway") {
    const inPage = (files: Record<string, GivenFiles>) => database(files, {setup, onWarning, whole, memory});
    return remoteDatabase(given, {setup, onWarning, inPage});
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

  async function replace(table: string, file: GivenFiles): Promise<void> {
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
