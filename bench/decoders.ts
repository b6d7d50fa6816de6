// What decodes Parquet to Arrow for a page's DuckDB: parquet-wasm, and hyparquet with its decompressors, whose values Flechette
// makes into Arrow. In Node, whose JavaScript and WebAssembly are those of Chromium.
import {readFile, mkdtemp, rm, readdir, stat} from "node:fs/promises";
import {createRequire} from "node:module";
import {availableParallelism, tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {gzipSync} from "node:zlib";
import {DuckDBInstance} from "@duckdb/node-api";
import {columnFromArray, tableFromColumns, tableToIPC, tableFromIPC, type Column} from "@uwdata/flechette";
import {build} from "esbuild";
import {parquetMetadata, parquetRead} from "hyparquet";
import {compressors} from "hyparquet-compressors";
import {readParquet} from "parquet-wasm";
import {median} from "./measure.js";

const turns = 7;

/** What a page reads for a statement: a row group of some columns, and a whole table. */
const cases = {
  "one series: 1 row group of 3 columns": {rows: 100_000, columns: "sku, day, forecast"},
  "group by: 10 row groups of 2 columns": {rows: 1_000_000, columns: "version, error"},
  "all: 10 row groups of 7 columns": {rows: 1_000_000, columns: "*"}
};

type Decode = (file: Uint8Array) => Promise<Uint8Array> | Uint8Array;

const decoders: Record<string, Decode> = {
  "parquet-wasm": (file) => readParquet(file, {batchSize: 65_536}).intoIPCStream(),
  hyparquet: async (file) => {
    const buffer = file.slice().buffer;
    const metadata = parquetMetadata(buffer);
    const values = new Map<string, unknown[][]>();
    await parquetRead({
      file: buffer,
      metadata,
      compressors,
      onChunk: ({columnName, columnData}) => {
        const chunks = values.get(columnName) ?? [];
        values.set(columnName, chunks);
        chunks.push(Array.from(columnData as ArrayLike<unknown>));
      }
    });
    const columns: [string, Column<unknown>][] = [...values].map(([name, chunks]) => [
      name,
      columnFromArray(chunks.flat())
    ]);
    return tableToIPC(tableFromColumns(columns), {format: "stream"})!;
  }
};

export async function run(): Promise<void> {
  console.log(`${availableParallelism()} cores, Node ${process.version}, median of ${turns}`);
  for (const [name, {rows, columns}] of Object.entries(cases)) {
    const file = await makeFile(rows, columns);
    console.log(`\n${name}, ${(file.length / 1e6).toFixed(2)} MB of Parquet`);
    const times = new Map(Object.keys(decoders).map((decoder) => [decoder, [] as number[]]));
    for (let turn = -1; turn < turns; ++turn)
      for (const [decoder, decode] of Object.entries(decoders)) {
        const began = performance.now();
        const stream = await decode(file.slice());
        const time = performance.now() - began;
        const found = tableFromIPC(stream).numRows;
        if (found !== rows) throw new Error(`${decoder} gave ${found} of ${rows} rows`);
        if (turn >= 0) times.get(decoder)!.push(time); // the first one compiles
      }
    const base = median(times.get("parquet-wasm")!);
    for (const [decoder, all] of times)
      console.log(
        `  ${decoder.padEnd(14)}${median(all).toFixed(0)} ms, ${(median(all) / base).toFixed(2)} times`
      );
  }
  console.log("\nwhat a page fetches, minified and gzipped");
  for (const [decoder, bytes] of Object.entries(await sizes()))
    console.log(`  ${decoder.padEnd(14)}${bytes} kB`);
}

/** A file as the loaders write it: zstd, with dictionaries, in row groups of 100,000 rows, sorted by series. */
async function makeFile(rows: number, columns: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-bench-"));
  const instance = await DuckDBInstance.create();
  try {
    const path = join(folder, "rows.parquet");
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT ${columns} FROM (
         SELECT 'SKU-' || (i // 1000) AS sku, TIMESTAMP '2020-01-01' + to_days((i % 1000)::INTEGER) AS day,
           round(100 + 50 * sin(i / 7), 2) AS actual, round(100 + 50 * sin(i / 7) + 3 * cos(i), 2) AS forecast,
           round(3 * cos(i), 3) AS error, ['ets', 'mstl', 'naive'][1 + i % 3] AS version, (i % 12 + 1)::DOUBLE AS horizon
         FROM range(${rows}) t(i))) TO '${path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)`
    );
    connection.closeSync();
    return await readFile(path);
  } finally {
    instance.closeSync();
    await rm(folder, {recursive: true});
  }
}

async function sizes(): Promise<Record<string, string>> {
  const source = `export {parquetRead, parquetMetadata} from "hyparquet"; export {compressors} from "hyparquet-compressors";
export {columnFromArray, tableFromColumns, tableToIPC} from "@uwdata/flechette";`;
  const {outputFiles} = await build({
    stdin: {contents: source, resolveDir: import.meta.dirname},
    bundle: true,
    minify: true,
    format: "esm",
    write: false
  });
  const wasm = join(dirname(createRequire(import.meta.url).resolve("parquet-wasm")), "../esm");
  const files = (await readdir(wasm)).filter((file) => /\.(js|wasm)$/.test(file));
  let bytes = 0;
  for (const file of files) bytes += gzipSync(await readFile(join(wasm, file))).length;
  if ((await stat(join(wasm, "parquet_wasm_bg.wasm"))).size < 1e6)
    throw new Error(`${wasm} isn't parquet-wasm`);
  return {
    "parquet-wasm": (bytes / 1e3).toFixed(0),
    hyparquet: (gzipSync(outputFiles[0]!.contents).length / 1e3).toFixed(0)
  };
}
