// Parquet and Arrow files in DuckDB-WASM as a page has it, which is older than the DuckDB that writes them.
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {createDuckDB, NODE_RUNTIME, VoidLogger, type DuckDBBindings} from "@duckdb/duckdb-wasm/blocking";
import {readParquet} from "parquet-wasm";
import {beforeAll, describe, expect, it} from "vitest";
import {written} from "./written.js";

let duckdb: DuckDBBindings;
beforeAll(async () => {
  const dist = dirname(createRequire(import.meta.url).resolve("@duckdb/duckdb-wasm"));
  const bundle = {mainModule: join(dist, "duckdb-eh.wasm"), mainWorker: ""};
  duckdb = await createDuckDB({mvp: bundle, eh: bundle}, new VoidLogger(), NODE_RUNTIME);
  await duckdb.instantiate(() => {});
  duckdb.open({});
});

/** What a query answers of the table `t`, which a file is loaded into: the values of its one row. */
async function asked(statements: string, format: "parquet" | "arrow", query: string): Promise<unknown[]> {
  const {bytes} = await written(statements, format);
  const ipc = format === "arrow" ? new Uint8Array(bytes) : readParquet(bytes).intoIPCStream();
  const connection = duckdb.connect();
  try {
    connection.query("DROP TABLE IF EXISTS main.t");
    connection.insertArrowFromIPCStream(ipc, {name: "t", schema: "main"});
    const [row] = connection.query(query).toArray() as [{toJSON: () => Record<string, unknown>}];
    return Object.values(row.toJSON());
  } finally {
    connection.close();
  }
}

describe("SQL in a page", () => {
  it.each(["parquet", "arrow"] as const)("computes with times of %s", async (format) => {
    const query = `SELECT date_trunc('month', x)::VARCHAR, (x + INTERVAL 1 DAY)::VARCHAR, strftime(x, '%Y'),
      (x > TIMESTAMP '2024-01-01')::VARCHAR, date_diff('day', d, x)::INTEGER, (w::INTERVAL + x)::VARCHAR, year(d)::INTEGER FROM t`;
    const statements = `CREATE TABLE result AS SELECT TIMESTAMP '2024-02-29 12:00:00' AS x, DATE '2024-02-27' AS d,
      INTERVAL '1 month 2 hours' AS w`;
    const [month, ...rest] = await asked(statements, format, query);
    expect(String(month)).toMatch(/^2024-02-01/);
    expect(rest).toEqual(["2024-03-01 12:00:00", "2024", "true", 2, "2024-03-29 14:00:00", 2024]);
  });

  it("knows texts that repeat", async () => {
    const statements = "CREATE TABLE result AS SELECT ['a', NULL, 'ü'][i % 3 + 1] AS x FROM range(99) t(i)";
    const query = "SELECT string_agg(DISTINCT x, ',' ORDER BY x), count(x)::INTEGER FROM t";
    expect(await asked(statements, "arrow", query)).toEqual(["a,ü", 66]);
  });
});
