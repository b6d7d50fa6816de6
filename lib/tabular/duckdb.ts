// DuckDB as every room opens it: memory that doesn't grow with the data, no extensions, times in UTC, and an end when it is told.
import {availableParallelism} from "node:os";
import {join} from "node:path";
import {DuckDBInstance, type DuckDBConnection} from "@duckdb/node-api";
import {literal} from "./quote.js";

/** What a DuckDB may use. Sizes are as DuckDB writes them, such as "1GB". */
export interface Limits {
  /** Memory; beyond it, data spills to the disk. */
  memory: string;
  /** The folder to spill into, which is made when it is needed. */
  spill: string;
  /** What may be spilled at most; else most of what the disk has free. */
  disk?: string;
  /** Else one for each core. */
  threads?: number;
  /** Else a division by zero is an infinity. */
  divisionByZeroIsNull?: boolean;
}

/** Opens a database file, or one in memory. Extensions would be fetched from another host, so there are none but those built in. */
export function openDuckDB(
  {memory, spill, disk, threads, divisionByZeroIsNull = false}: Limits,
  file = ":memory:"
): Promise<DuckDBInstance> {
  return DuckDBInstance.create(file, {
    memory_limit: memory,
    temp_directory: spill,
    ...(disk !== undefined && {max_temp_directory_size: disk}),
    ...(threads !== undefined && {threads: String(threads)}),
    ieee_floating_point_ops: String(!divisionByZeroIsNull),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false"
  });
}

/** A connection that tells how far its query is, and for which a time without a zone is UTC's, whatever machine it runs on. */
export async function connect(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run("SET enable_progress_bar = true; SET enable_progress_bar_print = false");
  return connection;
}

/** Leaves DuckDB these files and folders and nothing else: no other file, no host, no extension, and no setting to undo that. */
export async function confine(
  connection: DuckDBConnection,
  files: string[],
  folders: string[] = []
): Promise<void> {
  await connection.run(
    `SET allowed_directories = [${folders.map((path) => literal(`${path}/`)).join(", ")}]`
  );
  await connection.run(`SET allowed_paths = [${files.map(literal).join(", ")}]`);
  await connection.run("SET enable_external_access = false");
  await connection.run("SET lock_configuration = true");
}

/** Milliseconds between two interruptions: DuckDB forgets one that comes between two queries. */
const interruptAgain = 20;

/** Does some work on a connection, but stops it when the signal aborts: with its reason, even where the work is done by then. */
export async function interruptible<T>(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
  work: () => Promise<T>
): Promise<T> {
  signal?.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => {
    connection.interrupt();
    timer = setInterval(() => connection.interrupt(), interruptAgain);
  };
  signal?.addEventListener("abort", interrupt, {once: true});
  try {
    return await work();
  } finally {
    signal?.removeEventListener("abort", interrupt);
    clearInterval(timer);
    signal?.throwIfAborted();
  }
}

export interface SessionOptions {
  /** Where it may spill; the caller removes it. */
  folder: string;
  /** How wide the data is. */
  columns?: number;
  /** Whether all rows are sorted. */
  sorts?: boolean;
  /** Gets several times a second how many percent of the query that runs are done, as DuckDB estimates it. */
  onProgress?: (percent: number) => void;
  /** Ends the session, and what it runs. */
  signal?: AbortSignal;
}

/** Four threads write Parquet faster than most disks and networks deliver CSV; each more would only add to the memory. */
const threads = Math.min(4, availableParallelism());

/**
 * What DuckDB may use before it spills to disk, in MB. It grows with the width of the data, not with its length: each thread
 * keeps blocks of 256 kB for each column that it reads or writes. Most of a block is never touched, so 400 columns take
 * 560 MB of memory where this allows 2,600; with half of that they fit too, but spill, and take twice the time.
 */
const memoryLimit = (columns: number) => 168 + columns * threads * 3;

/**
 * What DuckDB takes beyond its limit while it sorts, in MB: with this much less, 10 million rows of 7 columns were sorted with 429 MB
 * instead of 506, and no slower.
 */
const forSorting = 64;

/**
 * Free memory that DuckDB's allocator keeps for a thread. Its default is 128 MB, with which sorts of 70 million values took 535 MB in all for
 * 30 million rows; with this they took 441.
 */
const keptFree = "32MB";

/** Opens a session in memory that spills into a folder, runs some work in it, and closes it. */
export async function withDuckDB<T>(
  {folder, columns = 0, sorts = false, onProgress, signal}: SessionOptions,
  work: (connection: DuckDBConnection) => Promise<T>
): Promise<T> {
  signal?.throwIfAborted();
  const memory = memoryLimit(columns) - (sorts ? forSorting : 0);
  const limits = {memory: `${memory}MB`, threads, spill: join(folder, "spill")};
  const instance = await openDuckDB(limits);
  try {
    const connection = await connect(instance);
    await connection.run(
      `SET allocator_flush_threshold = '${keptFree}'; SET allocator_bulk_deallocation_flush_threshold = '${keptFree}'`
    );
    // The search for expressions that are there twice takes a minute for 10,000 columns: it grows with their square.
    if (columns > 500) await connection.run("SET disabled_optimizers = 'common_subexpressions'");
    const watch = setInterval(() => onProgress?.(Math.max(0, connection.progress.percentage)), 200);
    try {
      return await interruptible(connection, signal, () => work(connection));
    } finally {
      clearInterval(watch);
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}
