// Runs statements: finds out what each needs of the tables, has that read, and shows it to DuckDB while the statement runs.
import type {Table} from "apache-arrow";
import {analyse, type Analysis} from "./analysis.js";
import type {Standing} from "./column-store.js";
import {queryError} from "./error.js";
import type {LazyTable} from "./lazy-table.js";
import {mutex} from "./mutex.js";
import {FileChanged} from "./remote-file.js";
import type {Session} from "./session.js";
import {kindOf, tellsTime} from "./statement-kind.js";
import {isRefusal, missingTable, reachable, readable} from "./reach.js";
import type {Statement} from "./statement.js";
import type {Tables} from "./tables.js";

/** How many analyses are kept; a page asks some statements again and again. */
const maxAnalyses = 500;

export class Runner {
  /** Held while views are as a statement needs them. */
  readonly turn = mutex();
  readonly #analyses = new Map<string, Analysis>();
  /** Whether a view or macro of the page's may depend on the time. */
  #tellsTime: boolean;

  constructor(
    private readonly tables: Tables,
    private readonly session: () => Promise<Session>,
    setup: readonly string[] = []
  ) {
    this.#tellsTime = setup.some(tellsTime);
  }

  /** @param mentioned the tables that the statement's text names, which are open; if none, all are */
  async run(statement: Statement, mentioned: readonly string[], signal: AbortSignal): Promise<Table> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#attempt(statement, mentioned, signal);
      } catch (error) {
        if (!(error instanceof FileChanged)) throw error;
        if (attempt)
          throw new Error(`${error.message} while it was read, again and again. Reload the page.`, {
            cause: error
          });
        await this.#reopenChanged(error.file.name);
      }
    }
  }

  async #attempt(statement: Statement, mentioned: readonly string[], signal: AbortSignal): Promise<Table> {
    const {lazy} = this.tables;
    await this.#open(mentioned);
    const kind = kindOf(statement.text, [...lazy.keys()]);
    if (kind === "read" && lazy.size) {
      const analysis = await this.#analysis(statement, signal);
      if (analysis === "wrong") return this.turn(() => this.#onEmpty(statement, mentioned, signal));
      if (analysis && !analysis.writes) return this.#read(statement, analysis, mentioned, signal);
      return this.turn(() => this.#exclusively(statement, analysis ? "write" : "opaque", mentioned, signal));
    }
    return this.turn(() => this.#exclusively(statement, kind, mentioned, signal));
  }

  /** Opens the tables again that were replaced since; called in a statement's turn, in which no other is. */
  async #open(mentioned: readonly string[]): Promise<void> {
    for (const name of mentioned.length ? mentioned : this.tables.files.keys()) await this.tables.open(name);
  }

  /** What the statement needs; "wrong" if DuckDB refuses it, undefined if it can't be known. */
  async #analysis(statement: Statement, signal: AbortSignal): Promise<Analysis | "wrong" | undefined> {
    const key = JSON.stringify(statement);
    const known = this.#analyses.get(key);
    if (known) return known;
    return this.turn(async () => {
      signal.throwIfAborted();
      const analysis = await this.#analyseNow(statement).catch(async (error: unknown) => {
        const unopened = missingTable(error, [...this.tables.files.keys()]);
        if (unopened === undefined || this.tables.loaded.has(unopened))
          return isRefusal(error) ? ("wrong" as const) : undefined;
        await this.tables.open(unopened); // a view or macro of the page's names it
        return this.#analyseNow(statement).catch(() => undefined);
      });
      if (typeof analysis === "object") {
        if (this.#analyses.size >= maxAnalyses) this.#analyses.clear();
        this.#analyses.set(key, analysis);
      }
      return analysis;
    });
  }

  async #analyseNow(statement: Statement): Promise<Analysis | undefined> {
    const lazy = [...this.tables.lazy.values()];
    await this.tables.show(lazy.map((table) => [table, table.emptyView]));
    const session = await this.session();
    // A plan holds the time at which it was made, and the statement runs later.
    const isTimeless = !this.#tellsTime && !tellsTime(statement.text);
    const hasFilters = isTimeless && lazy.some((table) => table.hasSeveralGroups);
    return analyse(
      statement,
      lazy.map(({empty}) => empty),
      session.explain,
      hasFilters
    );
  }

  /** Other statements may run while this one's columns are read. */
  async #read(
    statement: Statement,
    analysis: Analysis,
    mentioned: readonly string[],
    signal: AbortSignal
  ): Promise<Table> {
    const needed = [...this.tables.lazy.values()].filter(({empty}) => analysis.needs.has(empty.name));
    const isReplaced = () =>
      needed.length < analysis.needs.size ||
      needed.some((table) => this.tables.lazy.get(table.name) !== table);
    const stands = await this.#stand(
      needed.map((table) => [table, analysis.needs.get(table.empty.name)!]),
      signal
    );
    try {
      const answer = await this.turn(async () => {
        await this.#open(mentioned);
        if (isReplaced()) return undefined;
        await this.tables.show(stands.map(([table, standing]) => [table, table.viewOf(standing)]));
        return this.#now(statement, true, signal);
      });
      return answer ?? (await this.#attempt(statement, mentioned, signal));
    } finally {
      for (const [, {release}] of stands) release();
    }
  }

  /** Runs a statement before which, and while it runs, nothing else is done; its turn has come. */
  async #exclusively(
    statement: Statement,
    kind: ReturnType<typeof kindOf>,
    mentioned: readonly string[],
    signal: AbortSignal
  ): Promise<Table> {
    signal.throwIfAborted();
    await this.#open(mentioned);
    const {lazy} = this.tables;
    this.#analyses.clear();
    if (kind !== "read" && kind !== "opaque") this.#tellsTime ||= tellsTime(statement.text);
    if (kind === "transaction") await this.tables.materialize([...lazy.keys()], signal);
    if (!lazy.size || kind === "transaction") return this.#now(statement, kind === "read", signal);

    const analysis = kind === "create" ? await this.#analyseNow(statement).catch(() => undefined) : undefined;
    const reached = analysis
      ? []
      : await reachable(this.tables, await this.session(), statement.text, mentioned);
    if (kind === "write") {
      await this.tables.materialize(reached, signal);
      return this.#now(statement, false, signal);
    }
    const needs = [...lazy.values()].flatMap((table) => {
      const need = analysis
        ? analysis.needs.get(table.empty.name)
        : reached.includes(table.name) && ("all" as const);
      return need ? [[table, need] as const] : [];
    });
    const stands = await this.#stand(needs, signal);
    try {
      await this.tables.show(stands.map(([table, standing]) => [table, table.viewOf(standing)]));
      return await this.#now(statement, kind === "read", signal);
    } finally {
      for (const [, {release}] of stands) release();
    }
  }

  /** A statement that DuckDB refuses: it says so best itself. If it runs, its answer isn't one. */
  async #onEmpty(statement: Statement, mentioned: readonly string[], signal: AbortSignal): Promise<Table> {
    await this.#open(mentioned);
    const tables = [...this.tables.lazy.values()];
    await this.tables.show(tables.map((table) => [table, table.emptyView]));
    await this.#now(statement, true, signal);
    return this.#exclusively(statement, "opaque", [...this.tables.lazy.keys()], signal);
  }

  async #stand(
    needs: readonly (readonly [LazyTable, Parameters<Tables["stand"]>[1]])[],
    signal: AbortSignal
  ): Promise<[LazyTable, Standing][]> {
    const stands = await Promise.allSettled(
      needs.map(async ([table, need]): Promise<[LazyTable, Standing]> => [
        table,
        await this.tables.stand(table, need, signal)
      ])
    );
    const failed = stands.find((stand) => stand.status === "rejected");
    const ready = stands.flatMap((stand) => (stand.status === "fulfilled" ? [stand.value] : []));
    if (!failed) return ready;
    for (const [, {release}] of ready) release();
    throw failed.reason;
  }

  async #now(statement: Statement, isReading: boolean, signal: AbortSignal): Promise<Table> {
    const session = await this.session();
    try {
      return await session.run(statement, isReading, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      throw queryError(error, await readable(this.tables, session).catch(() => undefined));
    }
  }

  /** Reads a table again whose file isn't the one any more that its footer is of. */
  async #reopenChanged(file: string): Promise<void> {
    const changed = [...this.tables.files].filter(([, files]) => files.some(({name}) => name === file));
    await this.turn(async () => {
      this.#analyses.clear();
      for (const [name] of changed) {
        await this.tables.forget(name);
        await this.tables.open(name);
      }
    });
  }

  /** Reads a table of another file from now on. */
  async replace(table: string, change: () => void): Promise<void> {
    await this.turn(async () => {
      this.#analyses.clear();
      change();
      await this.tables.forget(table);
    });
  }
}
