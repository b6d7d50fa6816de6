// (a) DuckDB by itself: a CSV on disk to Parquet, as its own documentation does it.
import process from "node:process";
import {DuckDBInstance} from "@duckdb/node-api";

const [csv, parquet] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create()).connect();
await connection.run(`COPY (FROM read_csv('${csv}')) TO '${parquet}' (FORMAT parquet, COMPRESSION zstd)`);
