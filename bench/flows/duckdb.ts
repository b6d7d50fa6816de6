// DuckDB by itself, as its own documentation does it: runs a SELECT, writes its rows to a CSV, and tells the seconds.
import {DuckDBInstance} from "@duckdb/node-api";
import {tellParent} from "../platform/parent.js";

const [select, csv, threads] = process.argv.slice(2);
const start = performance.now();
const instance = await DuckDBInstance.create(":memory:", {threads: threads!});
const connection = await instance.connect();
await connection.run(`COPY (${select}) TO '${csv}' (FORMAT csv, HEADER)`);
const seconds = (performance.now() - start) / 1000;
tellParent(seconds, async () => {
  connection.closeSync();
  instance.closeSync();
});
