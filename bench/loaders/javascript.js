// (c) The usual way in JavaScript: d3-dsv reads the CSV and guesses types, apache-arrow makes columns, parquet-wasm writes.
import {readFileSync, writeFileSync} from "node:fs";
import process from "node:process";
import {tableFromArrays, tableToIPC} from "apache-arrow";
import {autoType, csvParse} from "d3-dsv";
import {Compression, Table, writeParquet, WriterPropertiesBuilder} from "parquet-wasm";

const [csv, parquet] = process.argv.slice(2);
const rows = csvParse(readFileSync(csv, "utf8"), autoType);
const columns = Object.fromEntries(rows.columns.map((name) => [name, rows.map((row) => row[name])]));
const table = Table.fromIPCStream(tableToIPC(tableFromArrays(columns), "stream"));
const properties = new WriterPropertiesBuilder().setCompression(Compression.ZSTD).build();
writeFileSync(parquet, writeParquet(table, properties));
