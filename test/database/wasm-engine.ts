// The page's DuckDB in Node: the same WebAssembly module as in a page, called without a worker.
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import type {AsyncDuckDB, AsyncDuckDBConnection} from "@duckdb/duckdb-wasm";
import {createDuckDB, NODE_RUNTIME, VoidLogger} from "@duckdb/duckdb-wasm/blocking";
import * as arrow from "apache-arrow";
import type {Engine} from "../../lib/database/engine.js";
import {readable} from "../../lib/database/values.js";

const dist = dirname(createRequire(import.meta.url).resolve("@duckdb/duckdb-wasm"));
const bundle = (name: string) => ({mainModule: join(dist, `duckdb-${name}.wasm`), mainWorker: ""});

/** An engine as `startEngine` gives it, with `prepare` for statements that it runs at once. */
export async function openEngine(): Promise<Engine> {
  const bundles = {mvp: bundle("mvp"), eh: bundle("eh")};
  const bindings = await createDuckDB(bundles, new VoidLogger(), NODE_RUNTIME);
  await bindings.instantiate(() => {});
  bindings.open({});
  const connection = bindings.connect();
  connection.query("SET autoinstall_known_extensions = false");
  connection.query("SET autoload_known_extensions = false");
  return {
    arrow,
    duckdb: {
      registerFileBuffer: async (name: string, bytes: Uint8Array) => bindings.registerFileBuffer(name, bytes),
      dropFile: async (name: string) => bindings.dropFile(name)
    } as unknown as AsyncDuckDB,
    query: async ({text, params}) => {
      if (params.length) throw new Error("not needed so far: values of statements");
      return readable(
        arrow.tableFromIPC(
          bindings.runQuery(
            connection.useUnsafe((_, id) => id),
            text
          )
        ),
        arrow
      );
    },
    connected: async (work) => {
      const own = bindings.connect();
      try {
        return await work(own as unknown as AsyncDuckDBConnection);
      } finally {
        own.close();
      }
    }
  };
}
