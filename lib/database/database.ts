// DuckDB in the page, over the data files of a dashboard: opened at the first question, of each file read what a statement needs.
import type {Table} from "apache-arrow";
import {setFiles} from "../tabular/files-of.js";
import {asking, askingLatest, askingUntil, either, unlessAborted, type Asking} from "./asking.js";
import {queryError} from "./error.js";
import type {DatabaseFile} from "./file.js";
import {whenIdle} from "./idle.js";
import {expectFormat, isLazy} from "./load.js";
import {once} from "./once.js";
import {Tasks, type Progress} from "./progress.js";
import {Runner} from "./runner.js";
import {openSession, type Session} from "./session.js";
import {mentions, type Statement} from "./statement.js";
import {holdEngine, type TabEngine} from "./tab-engine.js";
import {Tables} from "./tables.js";

/** A page's database. Statements wait for what they need of the tables. */
export interface Database extends Asking {
  /** The names of the tables, loaded or not. */
  readonly tables: string[];
  /**
   * Asks so that each question ends the one before it, which fails with an `AbortError`: dragging a slider leaves one statement
   * running. Make one for each picture, and keep it.
   */
  latest: () => Asking;
  /** Asks until the promise is settled, such as a cell's `invalidation`: what is under way then fails with an `AbortError`. */
  until: (end: Promise<unknown>) => Asking;
  /** Opens the database and makes these tables, or all, ready for statements, before anyone asks. */
  open: (...tables: string[]) => Promise<void>;
  /** Fetches DuckDB at low priority, after the page's first paint and when it is idle. Nothing is opened. */
  warm: () => Promise<void>;
  /** Reads a table of another file, or files, from the next statement on, such as after a run. */
  replace: (table: string, file: DatabaseFile | readonly DatabaseFile[]) => Promise<void>;
  /** Calls `listener` now and whenever the work under way gets on, until the returned function is called. */
  onProgress: (listener: (progress: Progress) => void) => () => void;
  /** Ends the database and frees its memory; what is still running fails. */
  close: () => Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** How a database works. */
export interface DatabaseOptions {
  /** Statements to run when it opens, such as the macros of ikigai-kit/metrics. */
  setup?: readonly string[];
  /**
   * Gets a sentence, with the file's name, for a column that isn't read as one would expect, such as one kept as text; the
   * console's `warn` by default.
   */
  onWarning?: (warning: string) => void;
  /** Fetch each Parquet file whole when it is first needed, rather than parts of it as they are needed: for hosts where each request takes long. */
  whole?: boolean;
  /** About how many bytes of columns to keep, 1 GB by default: beyond it those that haven't been used for longest are dropped. */
  memory?: number;
}

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
    memory = 1_000_000_000
  }: DatabaseOptions = {}
): Database {
  const given = new Map(Object.entries(files).map(([table, file]) => [table, filesOf(table, file)]));
  const names = [...given.keys()];
  expectDistinct(names);

  const tasks = new Tasks();
  const closing = new AbortController();
  const hold = holdEngine();
  let opened: Promise<{tab: TabEngine; session: Session}> | undefined;
  const engine = once(
    () => (opened = tasks.run("opening the database", (report) => start(hold.open(report))))
  );
  const tables = new Tables(given, {whole, memory, tasks, signal: closing.signal, onWarning, engine});
  const runner = new Runner(tables, async () => (await engine()).session);

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
