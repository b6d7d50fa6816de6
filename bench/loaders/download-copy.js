// (b) What one would do without the kit's types: the CSV downloaded to the disk, then DuckDB's own COPY. APP DATASET CSV PARQUET.
import process from "node:process";
import {DuckDBInstance} from "@duckdb/node-api";
import {credentials} from "ikigai-kit";
import {Ikigai} from "ikigai-kit/client";

const [app, dataset, csv, parquet] = process.argv.slice(2);
const ikigai = new Ikigai(await credentials());
const {datasets} = await ikigai.apps.get(app);
await (await datasets.get(dataset)).download(csv);
const connection = await (await DuckDBInstance.create()).connect();
await connection.run(`COPY (FROM read_csv('${csv}')) TO '${parquet}' (FORMAT parquet, COMPRESSION zstd)`);
