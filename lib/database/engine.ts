// DuckDB-WASM in a worker: fetched and started here, and asked in SQL.
import type {AsyncDuckDB, AsyncDuckDBConnection} from "@duckdb/duckdb-wasm";
import type {Table} from "apache-arrow";
import type {AskRows} from "../tabular/column-fit.js";
import type {Arrow} from "./column.js";
import type {Report} from "./progress.js";
import type {Statement} from "./statement.js";

/** A database in DuckDB, as what fills its tables needs it. */
export interface Engine {
  arrow: Arrow;
  duckdb: AsyncDuckDB;
  /** Runs one statement. */
  query: (statement: Statement) => Promise<Table>;
  /** Gives `work` a connection of its own and closes it. */
  connected: <T>(work: (connection: AsyncDuckDBConnection) => Promise<T>) => Promise<T>;
}

/**
 * Optimizers that are never on. DuckDB 1.1 packs short texts of a table into signed integers to sort them (compressed
 * materialization), by which "Île" comes before "East".
 */
export const unusedOptimizers = "compressed_materialization";

/**
 * Fetches and starts DuckDB-WASM: some 36 MB (7 MB compressed), of which `report` tells. It is compiled while it arrives.
 *
 * Only the build for browsers with WebAssembly exceptions is used, that is, every one since early 2022: the other would add
 * 40 MB to each site.
 * @param fetched where the module is, if it has been fetched
 */
export async function startDuckDb(
  report: Report,
  fetched?: string
): Promise<{duckdb: AsyncDuckDB; arrow: Arrow}> {
  const [{AsyncDuckDB, VoidLogger, createWorker}, arrow] = await Promise.all([
    import("@duckdb/duckdb-wasm"),
    import("apache-arrow")
  ]);
  // Framework hosts what an npm module resolves under /npm/ with the site, at the version that our package.json asks for.
  const worker = await createWorker(
    import.meta.resolve("/npm/@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js")
  );
  const duckdb = new AsyncDuckDB(new VoidLogger(), worker);
  try {
    await duckdb.instantiate(fetched ?? moduleUrl(), null, ({bytesLoaded, bytesTotal}) =>
      report(bytesTotal ? bytesLoaded / bytesTotal : 0)
    );
    await duckdb.open({});
    const connection = await duckdb.connectInternal();
    // DuckDB would fetch the extensions that it misses from its makers' host, which a page must not do.
    await duckdb.runQuery(connection, "SET autoinstall_known_extensions = false");
    await duckdb.runQuery(connection, "SET autoload_known_extensions = false");
    await duckdb.runQuery(connection, `SET disabled_optimizers = '${unusedOptimizers}'`);
    await duckdb.disconnect(connection);
    return {duckdb, arrow};
  } catch (cause) {
    await duckdb.terminate();
    throw new Error(`DuckDB-WASM can't start: ${String(cause)}`, {cause});
  }
}

/** Where the site has the WebAssembly module. */
export const moduleUrl = (): string => import.meta.resolve("/npm/@duckdb/duckdb-wasm/dist/duckdb-eh.wasm");

/** How code that is shared with the loaders asks the engine. */
export const askOf =
  ({query}: Engine): AskRows =>
  async (text) => {
    const table = await query({text, params: []});
    const columns = table.schema.fields.map((_, i) => table.getChildAt(i)!);
    return Array.from({length: table.numRows}, (_, row) => columns.map((column): unknown => column.get(row)));
  };

/** Runs a statement on a connection, and gives its rows as an Arrow IPC stream. */
export async function runOn(
  duckdb: AsyncDuckDB,
  connection: number,
  {text, params}: Statement
): Promise<Uint8Array> {
  if (!params.length) return duckdb.runQuery(connection, text);
  const prepared = await duckdb.createPrepared(connection, text);
  try {
    return await duckdb.runPrepared(connection, prepared, params);
  } finally {
    await duckdb.closePrepared(connection, prepared);
  }
}
