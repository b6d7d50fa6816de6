// The tables of a database: each read when a statement first needs it, a Parquet file's as far as it is needed, any other whole.
import {identifier} from "../tabular/quote.js";
import {Budget} from "./budget.js";
import {messageOf} from "./error.js";
import {fetchFile, type DatabaseFile} from "./file.js";
import {LazyTable} from "./lazy-table.js";
import {createTable, isLazy} from "./load.js";
import {once} from "./once.js";
import type {Tasks} from "./progress.js";
import {FileChanged, openFile} from "./remote-file.js";
import type {Session} from "./session.js";
import type {TabEngine} from "./tab-engine.js";
import type {Need} from "./analysis.js";
import type {Standing} from "./column-store.js";

export interface TablesOptions {
  whole: boolean;
  memory: number;
  tasks: Tasks;
  signal: AbortSignal;
  onWarning: (warning: string) => void;
  engine: () => Promise<{tab: TabEngine; session: Session}>;
}

/** A table's way from its file into DuckDB. */
interface Load {
  start: () => Promise<void>;
  /** Whether another file has taken this one's place, so that its table must not be made any more. */
  isStale: boolean;
  /** What DuckDB does for it, once it is fetched. */
  making: Promise<void> | undefined;
}

export class Tables {
  /** Those of which a view stands for what has been read, by name. */
  readonly lazy = new Map<string, LazyTable>();
  /** Those that a statement can read. */
  readonly loaded = new Set<string>();
  readonly #loads = new Map<string, Load>();
  readonly #budget: Budget;
  /** The view that a table has, as SQL. */
  readonly #shown = new Map<string, string>();
  #numbers = 0;

  constructor(
    readonly files: ReadonlyMap<string, readonly DatabaseFile[]>,
    private readonly options: TablesOptions
  ) {
    this.#budget = new Budget(options.memory);
    for (const table of files.keys()) this.expect(table);
  }

  /** From now on the table is read of its file, as if it never had been. */
  expect(table: string): void {
    const load: Load = {
      start: once(() => this.#load(load, table, this.files.get(table)!)),
      isStale: false,
      making: undefined
    };
    this.#loads.set(table, load);
    this.loaded.delete(table);
    this.#shown.delete(table);
  }

  /** Makes a table one that statements can name. */
  async open(table: string): Promise<void> {
    await this.#loads.get(table)!.start();
  }

  async #load(load: Load, table: string, files: readonly DatabaseFile[]): Promise<void> {
    const {tasks, engine, onWarning, signal} = this.options;
    await tasks.run(`loading ${table}`, async (report) => {
      const half = (fraction: number) => report(fraction / 2);
      let make: () => Promise<void>;
      if (isLazy(files[0]!)) {
        const opening = Promise.all(
          files.map((file) => openFile(file, {whole: this.options.whole, signal, report: half}))
        );
        const [remotes, {tab, session}] = await Promise.all([opening, engine()]);
        const decoder = await tab.decoder();
        make = async () => {
          const lazy = await LazyTable.open(table, ++this.#numbers, remotes, {
            session,
            decoder,
            budget: this.#budget,
            signal
          }).catch((cause: unknown) => {
            throw unreadable(table, files, cause);
          });
          this.lazy.set(table, lazy);
          await this.show([[lazy, lazy.emptyView]]);
        };
      } else {
        const [bytes, {session}] = await Promise.all([fetchFile(files[0]!, signal, half), engine()]);
        make = async () => {
          const warnings = await createTable(session, table, files[0]!, bytes, (fraction) =>
            report((1 + fraction) / 2)
          );
          for (const warning of warnings) onWarning(warning);
        };
      }
      if (load.isStale) return;
      load.making = make();
      await load.making;
      this.loaded.add(table);
    });
  }

  /** Gives tables their views, those that don't have them. */
  async show(views: readonly (readonly [LazyTable, string])[]): Promise<void> {
    const changed = views.filter(([{name}, view]) => this.#shown.get(name) !== view);
    if (!changed.length) return;
    const {session} = await this.options.engine();
    for (const [{name}] of changed) this.#shown.delete(name);
    await session.query({text: changed.map(([, view]) => view).join(";\n"), params: []});
    for (const [{name}, view] of changed) this.#shown.set(name, view);
  }

  /** The columns that a statement needs of a table, read as far as they aren't there. */
  async stand(lazy: LazyTable, need: Need | "all", signal: AbortSignal): Promise<Standing> {
    const {tasks} = this.options;
    return lazy
      .stand(need, (work) => tasks.run(`loading ${lazy.name}`, work), signal)
      .catch((cause: unknown) => {
        throw signal.aborted ? cause : unreadable(lazy.name, this.files.get(lazy.name)!, cause);
      });
  }

  /** Makes tables ordinary ones, which statements can change. */
  async materialize(names: readonly string[], signal: AbortSignal): Promise<void> {
    for (const name of names) {
      const lazy = this.lazy.get(name);
      if (!lazy) continue;
      await lazy.materialize(await this.stand(lazy, "all", signal));
      this.lazy.delete(name);
      this.#shown.delete(name);
    }
  }

  /** Drops a table, of which nothing may be in use. */
  async forget(name: string): Promise<void> {
    const load = this.#loads.get(name)!;
    load.isStale = true;
    const isMade = await load.making?.then(
      () => true,
      () => false
    );
    const lazy = this.lazy.get(name);
    this.lazy.delete(name);
    this.expect(name);
    if (!isMade) return;
    const {session} = await this.options.engine();
    const path = `${session.catalog}.main.${identifier(name)}`;
    await session.query({text: `DROP ${lazy ? "VIEW" : "TABLE"} IF EXISTS ${path}`, params: []});
    await lazy?.drop();
  }
}

function unreadable(table: string, files: readonly DatabaseFile[], cause: unknown): unknown {
  const names = files.map(({name}) => name);
  const message = messageOf(cause);
  // Why something can't be fetched names the file itself.
  if (cause instanceof FileChanged || names.some((name) => message.startsWith(name))) return cause;
  return new Error(`${names.join(", ")} can't be read as table "${table}": ${message}`, {cause});
}
