// A statement that runs in short turns, so that it can be ended between them.
import type {AsyncDuckDB} from "@duckdb/duckdb-wasm";
import type {DataType, Schema} from "apache-arrow";
import type {Arrow} from "./column.js";
import type {Mutex} from "./mutex.js";

/** How many parts of a result are asked for at once: an answer of the worker takes a moment. */
const width = 4;

/** DuckDB-WASM copies a text that is to run in turns to its stack, which is small. */
const maxLength = 100_000;

/**
 * Runs the text, which must change nothing, on a connection, on which nothing else may run meanwhile. What can't run in turns runs in
 * one go: a long text, and one that answers with dictionaries (ENUM), which DuckDB-WASM then leaves out.
 * @returns the result as an Arrow IPC stream, in parts
 */
export async function runPending(
  {duckdb, connection, planning}: {duckdb: AsyncDuckDB; connection: number; planning: Mutex},
  text: string,
  signal: AbortSignal,
  arrow: Arrow
): Promise<Uint8Array[]> {
  signal.throwIfAborted();
  const inOneGo = async () => [await planning(() => duckdb.runQuery(connection, text))];
  if (text.length > maxLength) return inOneGo();
  let header = await planning(() => duckdb.startPendingQuery(connection, text));
  while (!header) {
    if (signal.aborted) {
      await duckdb.cancelPendingQuery(connection);
      signal.throwIfAborted();
    }
    header = await duckdb.pollPendingQuery(connection);
  }
  if (hasDictionary(arrow.tableFromIPC(header).schema, arrow)) {
    await duckdb.cancelPendingQuery(connection);
    return inOneGo();
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

function hasDictionary({fields}: Schema, {DataType: is}: Arrow): boolean {
  const within = (type: DataType): boolean =>
    is.isDictionary(type) || (type.children ?? []).some((child) => within(child.type as DataType));
  return fields.some(({type}) => within(type as DataType));
}
