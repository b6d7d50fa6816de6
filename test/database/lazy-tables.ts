// A page's tables in Node: the same WebAssembly module and decoder as in a page, without workers, and files of the disk.
import {readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import type {AsyncDuckDB} from "@duckdb/duckdb-wasm";
import {createDuckDB, NODE_RUNTIME, VoidLogger} from "@duckdb/duckdb-wasm/blocking";
import * as arrow from "apache-arrow";
import {readParquet} from "parquet-wasm";
import {Budget} from "../../lib/database/budget.js";
import {LazyTable} from "../../lib/database/lazy-table.js";
import {mutex} from "../../lib/database/mutex.js";
import {openSession} from "../../lib/database/session.js";

const dist = dirname(createRequire(import.meta.url).resolve("@duckdb/duckdb-wasm"));
const bundle = (name: string) => ({mainModule: join(dist, `duckdb-${name}.wasm`), mainWorker: ""});

export async function openTab() {
  const bindings = await createDuckDB({mvp: bundle("mvp"), eh: bundle("eh")}, new VoidLogger(), NODE_RUNTIME);
  await bindings.instantiate(() => {});
  bindings.open({});
  const duckdb = new Proxy(
    {connectInternal: async () => bindings.connect().useUnsafe((_, id) => id)},
    {
      get: (own: object, name: string) =>
        name in own
          ? own[name as keyof typeof own]
          : name === "connect"
            ? async () => bindings.connect()
            : async (...args: unknown[]) =>
                (bindings[name as keyof typeof bindings] as (...args: unknown[]) => unknown)(...args)
    }
  ) as unknown as AsyncDuckDB;
  const decoder = {
    decode: async (file: Uint8Array) =>
      readParquet(file, {batchSize: 65_536}).intoIPCStream() as Uint8Array<ArrayBuffer>,
    close: () => {}
  };
  return {duckdb, arrow, decoder: async () => decoder, planning: mutex(), databases: 0, end: async () => {}};
}
