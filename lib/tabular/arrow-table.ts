// A dataset's CSV as an Arrow table: typed by DuckDB, then copied column by column into Arrow's buffers.
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance, type DuckDBConnection, type DuckDBValue} from "@duckdb/node-api";
import {
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMicrosecond,
  TimestampMillisecond,
  Utf8,
  vectorFromArray
} from "apache-arrow";
import type {ColumnType} from "../wire/index.js";
import {fixed, utf8, type Gatherer} from "./arrow-buffers.js";
import {identifier} from "./quote.js";
import {readTypedCsv, type TypedColumn} from "./typed-csv.js";

/** How a column leaves DuckDB, and what takes its values. */
interface Plan {
  sql: string;
  gatherer: Gatherer;
}

/**
 * The CSV that `download` puts at the path it is given, as a table. It needs as much disk as the CSV has bytes, for as long as
 * it takes, and DuckDB at most 512 MB of memory beside the table.
 */
export async function readArrow(
  download: (path: string) => Promise<void>,
  dataTypes: Record<string, ColumnType>,
  signal?: AbortSignal
): Promise<{table: Table; warnings: string[]}> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-"));
  try {
    const csv = join(folder, "dataset.csv");
    await download(csv);
    const instance = await DuckDBInstance.create(":memory:", {
      memory_limit: "512MB",
      temp_directory: join(folder, "spill"),
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false"
    });
    const connection = await instance.connect();
    const interrupt = () => connection.interrupt();
    signal?.addEventListener("abort", interrupt);
    try {
      return await readTypedCsv(connection, csv, dataTypes, async ({sql, columns, warnings}) => {
        await connection.run(`CREATE OR REPLACE TEMP TABLE dataset AS ${sql}`);
        return {table: await toArrow(connection, columns), warnings};
      });
    } finally {
      signal?.removeEventListener("abort", interrupt);
      connection.closeSync();
      instance.closeSync();
      signal?.throwIfAborted();
    }
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function toArrow(connection: DuckDBConnection, columns: TypedColumn[]): Promise<Table> {
  const facts = await connection.runAndReadAll(
    `SELECT ${["count(*)", ...columns.map(areMilliseconds)].join(", ")} FROM dataset`
  );
  const rows = Number(facts.value(0, 0));
  const plans = columns.map((column, i) => plan(column, facts.value(i + 1, 0) === true, rows));

  const result = await connection.stream(`SELECT ${plans.map(({sql}) => sql).join(", ")} FROM dataset`);
  let first = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    plans.forEach(({gatherer}, i) => {
      chunk.getColumnValues(i).forEach((value, row) => gatherer.add(value, first + row));
    });
    first += chunk.rowCount;
  }

  const children = plans.map(({gatherer}) => gatherer.finish(rows));
  const fields = columns.map(({name}, i) => new Field(name, children[i]!.type, true));
  const batch = makeData({type: new Struct(fields), length: rows, nullCount: 0, children});
  return new Table(new RecordBatch(new Schema(fields), batch));
}

/** Whether a column's times have no more digits than JavaScript's: known only of all of them. */
const areMilliseconds = ({name, sqlType}: TypedColumn) =>
  sqlType === "TIMESTAMP" ? `coalesce(bool_and(epoch_us(${identifier(name)}) % 1000 = 0), true)` : "NULL";

/** How a column leaves DuckDB, as values that JavaScript has, and what takes them. */
function plan({name, sqlType, isSmall, dataType}: TypedColumn, isMilliseconds: boolean, rows: number): Plan {
  const x = identifier(name);
  switch (sqlType) {
    case "BIGINT":
      return isSmall
        ? {sql: `${x}::INTEGER`, gatherer: fixed(new Int32(), new Int32Array(rows))}
        : {sql: x, gatherer: fixed(new Int64(), new BigInt64Array(rows))};
    case "DOUBLE":
      return {sql: x, gatherer: fixed(new Float64(), new Float64Array(rows))};
    case "TIMESTAMP": {
      const type = isMilliseconds ? new TimestampMillisecond("UTC") : new TimestampMicrosecond("UTC");
      const sql = `${isMilliseconds ? "epoch_ms" : "epoch_us"}(${x})`;
      return {sql, gatherer: fixed(type, new BigInt64Array(rows))};
    }
    default: {
      const gatherer = dataType === "CATEGORICAL" ? categories(rows) : utf8(rows);
      return {sql: `${x}::VARCHAR`, gatherer};
    }
  }
}

/** Texts of which many are equal: each once, and a number for each row. */
function categories(rows: number): Gatherer {
  const codes = new Map<DuckDBValue, number>();
  const words = () => vectorFromArray([...codes.keys()] as string[], new Utf8());
  const numbers = fixed(new Dictionary(new Utf8(), new Int32()), new Int32Array(rows), words);
  return {
    ...numbers,
    add(value, row) {
      let code = value === null ? null : codes.get(value);
      if (code === undefined) codes.set(value, (code = codes.size));
      numbers.add(code, row);
    }
  };
}
