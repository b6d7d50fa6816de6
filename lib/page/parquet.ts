// Rows as Parquet, made by parquet-wasm (5 MB, 1.4 MB compressed), which is fetched when it is first needed.
import type * as Flechette from "@uwdata/flechette";
import type * as ParquetWasm from "parquet-wasm/esm";
import {columnsOf, jsonOf, type CsvRow} from "./csv.js";

let started: Promise<typeof ParquetWasm> | undefined;

/** Starts it once; what failed is tried again by the next call. */
async function parquetWasm(): Promise<typeof ParquetWasm> {
  started ??= start();
  return started.catch((error: unknown) => {
    started = undefined;
    throw error;
  });
}

async function start(): Promise<typeof ParquetWasm> {
  // In pages the package is its "esm" part, which Framework hosts with the site; to TypeScript it is the one for Node.
  const parquet = (await import("parquet-wasm")) as unknown as typeof ParquetWasm;
  await parquet.default({module_or_path: import.meta.resolve("/npm/parquet-wasm/esm/parquet_wasm_bg.wasm")});
  return parquet;
}

/**
 * The rows as a Parquet file. Columns are those of all rows: numbers are doubles, bigints 64-bit integers, dates timestamps in UTC, booleans
 * as they are, anything else text, nested values as JSON; what is missing is null.
 */
export async function parquetBytes(rows: readonly CsvRow[]): Promise<Uint8Array<ArrayBuffer>> {
  const [parquet, stream] = await Promise.all([parquetWasm(), arrowStream(rows)]);
  return parquet.writeParquet(parquet.Table.fromIPCStream(stream)) as Uint8Array<ArrayBuffer>;
}

/** The rows as an Arrow IPC stream. */
export async function arrowStream(rows: readonly CsvRow[]): Promise<Uint8Array> {
  const flechette = await import("@uwdata/flechette");
  const {tableFromArrays, tableToIPC} = flechette;
  const columns = columnsOf(rows).map((name) => [name, columnOf(rows.map((row) => row[name]))] as const);
  const types = Object.fromEntries(columns.map(([name, {kind}]) => [name, typeOf[kind](flechette)]));
  const arrays = columns.map(([name, {values}]): [string, unknown[]] => [name, values]);
  return tableToIPC(tableFromArrays(arrays, {types}), {format: "stream"})!;
}

type Kind = "number" | "bigint" | "boolean" | "date" | "text";

const typeOf: Record<Kind, (arrow: typeof Flechette) => Flechette.DataType> = {
  number: ({float64}) => float64(),
  bigint: ({int64}) => int64(),
  boolean: ({bool}) => bool(),
  date: ({timestamp}) => timestamp(),
  text: ({utf8}) => utf8()
};

/** The values of a column, all of the kind that they have in common, or else texts. */
function columnOf(given: unknown[]): {kind: Kind; values: unknown[]} {
  const values = given.map((value) =>
    value instanceof Date && Number.isNaN(+value) ? null : (value ?? null)
  );
  const kinds = new Set(values.filter((value) => value !== null).map(kindOf));
  const [kind = "text"] = kinds;
  return kinds.size > 1 || kind === "text"
    ? {kind: "text", values: values.map((value) => (value === null ? null : textOf(value)))}
    : {kind, values};
}

const kindOf = (value: unknown): Kind =>
  value instanceof Date
    ? "date"
    : typeof value === "number" || typeof value === "bigint" || typeof value === "boolean"
      ? (typeof value as Kind)
      : "text";

const textOf = (value: unknown): string =>
  value instanceof Date
    ? value.toISOString()
    : typeof value === "object"
      ? jsonOf(value)
      : `${value as string}`;
