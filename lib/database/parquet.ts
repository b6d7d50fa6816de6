// Parquet into a table, without DuckDB's Parquet extension, which would have to come from another host.
import type * as ParquetWasm from "parquet-wasm/esm";
import type {Engine} from "./engine.js";
import {once} from "./once.js";
import type {Report} from "./progress.js";

const decoder = once(async () => {
  // In pages the package is its "esm" part; to TypeScript it is the one for Node. By this name it is shared with
  // Framework's FileAttachment.parquet().
  const parquet = (await import("parquet-wasm")) as unknown as typeof ParquetWasm;
  await parquet.default({module_or_path: import.meta.resolve("/npm/parquet-wasm/esm/parquet_wasm_bg.wasm")});
  return parquet;
});

/** Into how many parts a large file is cut at most: each part costs a copy of the file's bytes. */
const maxParts = 16;

/**
 * Creates the table from the file's bytes, some row groups at a time, so that the page stays responsive and its memory holds
 * one decoded part rather than all.
 */
export async function insertParquet(
  {connected}: Engine,
  table: string,
  blob: Blob,
  report: Report
): Promise<void> {
  const parquet = await decoder();
  await expectMarks(blob);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const groups = await countRowGroups(parquet, blob, bytes);
  await connected(async (connection) => {
    for (const [i, part] of parts(groups).entries()) {
      // Not ParquetFile.read, which never settles when the data is damaged. The default of 1024 rows a batch takes twice as long.
      const rows = parquet.readParquet(bytes, {rowGroups: part, batchSize: 65_536});
      const options = {name: table, schema: "main", create: i === 0};
      await connection.insertArrowFromIPCStream(rows.intoIPCStream(), options);
      report(((part.at(-1) ?? 0) + 1) / groups);
    }
  });
}

/** The numbers of the row groups, cut into parts. A file without rows has one part, of no group: it still has columns. */
function parts(groups: number): number[][] {
  const size = Math.ceil(groups / maxParts);
  const all = Array.from({length: groups}, (_, i) => i);
  return groups
    ? Array.from({length: Math.ceil(groups / size)}, (_, i) => all.slice(i * size, (i + 1) * size))
    : [[]];
}

async function countRowGroups(
  {ParquetFile, readSchema}: typeof ParquetWasm,
  blob: Blob,
  bytes: Uint8Array
): Promise<number> {
  readSchema(bytes).free(); // fails on damaged metadata, where ParquetFile may hang
  const file = await ParquetFile.fromFile(blob);
  const metadata = file.metadata();
  const groups = metadata.numRowGroups();
  metadata.free();
  file.free();
  return groups;
}

async function expectMarks(blob: Blob): Promise<void> {
  const [first, last] = await Promise.all([blob.slice(0, 4).text(), blob.slice(-4).text()]);
  if (first !== "PAR1") throw new Error(`it isn't a Parquet file: it begins with ${JSON.stringify(first)}`);
  if (last !== "PAR1" || blob.size < 12)
    throw new Error("it isn't whole: the end of the Parquet file is missing");
}
