// DuckDB-WASM in a worker: fetched and started here, asked in SQL, answering with Arrow tables.
import type {AsyncDuckDB, AsyncDuckDBConnection} from "@duckdb/duckdb-wasm";
import type {Table} from "apache-arrow";
import type {AskRows} from "../tabular/column-fit.js";
import type {Report} from "./progress.js";
import type {Statement} from "./statement.js";
import type {Arrow} from "./column.js";
import {readable} from "./values.js";

export interface Engine {
  arrow: Arrow;
  duckdb: AsyncDuckDB;
  /** Runs one statement. */
  query: (statement: Statement) => Promise<Table>;
  /** Gives `work` a connection of its own and closes it. */
  connected: <T>(work: (connection: AsyncDuckDBConnection) => Promise<T>) => Promise<T>;
  /** Ends the worker and frees its memory. */
  close: () => Promise<void>;
}

/**
 * Fetches and starts DuckDB-WASM: some 36 MB (7 MB compressed), of which `report` tells.
 *
 * Only the build for browsers with WebAssembly exceptions is used, that is, every one since early 2022: the other would add
 * 40 MB to each site.
 */
export async function startEngine(report: Report): Promise<Engine> {
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
    await duckdb.instantiate(
      import.meta.resolve("/npm/@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"),
      null,
      ({bytesLoaded, bytesTotal}) => report(bytesTotal ? bytesLoaded / bytesTotal : 0)
    );
    await duckdb.open({});
    const connection = await duckdb.connectInternal();
    // DuckDB would fetch the extensions that it misses from its makers' host, which a page must not do.
    await duckdb.runQuery(connection, "SET autoinstall_known_extensions = false");
    await duckdb.runQuery(connection, "SET autoload_known_extensions = false");
    return {
      arrow,
      duckdb,
      async query({text, params}) {
        const bytes = params.length
          ? await runPrepared(duckdb, connection, text, params)
          : await duckdb.runQuery(connection, text);
        // Arrow's own decoder rather than DuckDB-WASM's, which belongs to another version of Arrow than the page's.
        return readable(arrow.tableFromIPC(bytes), arrow);
      },
      async connected(work) {
        const connection = await duckdb.connect();
        try {
          return await work(connection);
        } finally {
          await connection.close();
        }
      },
      close: () => duckdb.terminate()
    };
  } catch (cause) {
    await duckdb.terminate();
    throw new Error(`DuckDB-WASM can't start: ${String(cause)}`, {cause});
  }
}

/** How code that is shared with the loaders asks the engine. */
export const askOf =
  ({query}: Engine): AskRows =>
  async (text) => {
    const table = await query({text, params: []});
    const columns = table.schema.fields.map((_, i) => table.getChildAt(i)!);
    return Array.from({length: table.numRows}, (_, row) => columns.map((column): unknown => column.get(row)));
  };

async function runPrepared(
  duckdb: AsyncDuckDB,
  connection: number,
  text: string,
  params: Statement["params"]
): Promise<Uint8Array> {
  const prepared = await duckdb.createPrepared(connection, text);
  try {
    return await duckdb.runPrepared(connection, prepared, params);
  } finally {
    await duckdb.closePrepared(connection, prepared);
  }
}
