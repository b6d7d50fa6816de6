// A DuckDB session for one conversion: memory that doesn't grow with the data, and no way out of its folder.
import {availableParallelism} from "node:os";
import {join} from "node:path";
import {DuckDBInstance, type DuckDBConnection, type DuckDBValue} from "@duckdb/node-api";
import {literal} from "./quote.js";

/** Four threads write Parquet faster than most disks and networks deliver CSV; each more would only add to the memory. */
const threads = Math.min(4, availableParallelism());

/**
 * What DuckDB may use before it spills to disk, in MB. It grows with the width of the data, not with its length: each thread
 * keeps blocks of 256 kB for each column that it reads or writes. Most of a block is never touched, so 400 columns take
 * 560 MB of memory where this allows 2,600; with half of that they fit too, but spill, and take twice the time.
 */
const memoryLimit = (columns: number) => 192 + columns * threads * 3;

export interface SessionOptions {
  /** Where it may spill; the caller removes it. */
  folder: string;
  /** How wide the data is. */
  columns?: number;
  /** Gets several times a second how many percent of the query that runs are done, as DuckDB estimates it. */
  onProgress?: (percent: number) => void;
  /** Interrupts what the session runs. */
  signal?: AbortSignal;
}

/** Opens a session in memory that spills into a folder, runs some work in it, and closes it. */
export async function withDuckDB<T>(
  {folder, columns = 0, onProgress, signal}: SessionOptions,
  work: (connection: DuckDBConnection) => Promise<T>
): Promise<T> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(threads),
    memory_limit: `${memoryLimit(columns)}MB`,
    temp_directory: join(folder, "spill"),
    // Extensions would be fetched from another host.
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false"
  });
  try {
    const connection = await instance.connect();
    const watch = setInterval(() => {
      // An interruption between two queries is forgotten, so it is repeated.
      if (signal?.aborted) connection.interrupt();
      else onProgress?.(Math.max(0, connection.progress.percentage));
    }, 200);
    try {
      // What a query makes of a time must not depend on the machine that runs it.
      await connection.run("SET TimeZone = 'UTC'");
      await connection.run("SET enable_progress_bar = true; SET enable_progress_bar_print = false");
      return await work(connection);
    } finally {
      clearInterval(watch);
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** Leaves the session these files and nothing else: no other file, no host, no extension, and no setting to undo that. */
export async function confine(connection: DuckDBConnection, files: string[]): Promise<void> {
  await connection.run(`SET allowed_paths = [${files.map(literal).join(", ")}]`);
  await connection.run("SET enable_external_access = false");
  await connection.run("SET lock_configuration = true");
}

/** A query's one row, as values by column. */
export async function oneRow(
  connection: DuckDBConnection,
  sql: string
): Promise<Record<string, DuckDBValue>> {
  const [row] = (await connection.runAndReadAll(sql)).getRowObjects();
  return row!;
}
