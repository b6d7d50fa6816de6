// The ways to ask a database, and how a question ends that nobody waits for any more.
import type {Table} from "apache-arrow";
import {positional, statement, type Statement} from "./statement.js";

/** What a question ends with when its signal comes: the signal's reason, an `AbortError`. */
export interface QueryOptions {
  /** Ends the statement: one that waits never runs, one that runs is interrupted. */
  signal?: AbortSignal;
}

/** Asks in SQL. */
export interface Asking {
  /**
   * Runs a statement given as a template literal, whose values are bound safely: `` sql`… WHERE sector = ${sector}` ``. A
   * list fits after IN. Framework's ```` ```sql ```` blocks call it when a page says `const sql = db.sql`.
   */
  sql: (strings: readonly string[], ...values: unknown[]) => Promise<Table>;
  /** Runs a statement with a `?` for each value. */
  query: (text: string, values?: readonly unknown[], options?: QueryOptions) => Promise<Table>;
}

type Run = (statement: Statement, signal?: AbortSignal) => Promise<Table>;

/** @param signalOf gives the signal of each question */
export function asking(run: Run, signalOf: () => AbortSignal | undefined = () => undefined): Asking {
  return {
    sql: async (strings, ...values) => run(statement(strings, values), signalOf()),
    query: async (text, values = [], {signal} = {}) =>
      run(positional(text, values), either(signal, signalOf()))
  };
}

/** Asks so that each question ends the one before it. */
export function askingLatest(run: Run): Asking {
  let last: AbortController | undefined;
  return asking(run, () => {
    last?.abort(new DOMException("A newer question has replaced this one", "AbortError"));
    last = new AbortController();
    return last.signal;
  });
}

/** Asks until the promise is settled, which ends what is still under way. */
export function askingUntil(run: Run, end: Promise<unknown>): Asking {
  const controller = new AbortController();
  const abort = () =>
    controller.abort(new DOMException("Nobody waits for this question any more", "AbortError"));
  end.then(abort, abort);
  return asking(run, () => controller.signal);
}

/** A signal that comes with the first of these. */
export function either(...signals: (AbortSignal | undefined)[]): AbortSignal | undefined {
  const given = signals.filter((signal) => signal !== undefined);
  if (given.length < 2) return given[0];
  const controller = new AbortController();
  const abort = ({reason}: AbortSignal) => controller.abort(reason);
  for (const signal of given) {
    if (signal.aborted) abort(signal);
    else signal.addEventListener("abort", () => abort(signal), {once: true, signal: controller.signal});
  }
  return controller.signal;
}

/** The work's result, unless the signal comes first: then nobody gets the result. */
export function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort);
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", abort));
  });
}
