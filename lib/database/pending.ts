// A statement that runs in short turns, so that it can be ended between them.
import type {AsyncDuckDB} from "@duckdb/duckdb-wasm";
import type {Mutex} from "./mutex.js";

/** How many parts of a result are asked for at once: an answer of the worker takes a moment. */
const width = 4;

/**
 * Runs the text on a connection, on which nothing else may run meanwhile.
 * @returns the result as an Arrow IPC stream, in parts
 */
export async function runPending(
  {duckdb, connection, planning}: {duckdb: AsyncDuckDB; connection: number; planning: Mutex},
  text: string,
  signal: AbortSignal
): Promise<Uint8Array[]> {
  signal.throwIfAborted();
  let header = await planning(() => duckdb.startPendingQuery(connection, text));
  while (!header) {
    if (signal.aborted) {
      await duckdb.cancelPendingQuery(connection);
      signal.throwIfAborted();
    }
    header = await duckdb.pollPendingQuery(connection);
  }
  const parts = [header];
  for (;;) {
    const next = await Promise.all(Array.from({length: width}, () => duckdb.fetchQueryResults(connection)));
    const filled = next.filter((part) => part?.length);
    parts.push(...filled);
    if (filled.length < width) return parts;
    signal.throwIfAborted();
  }
}
