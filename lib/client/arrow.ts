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
  vectorFromArray,
  type Data,
  type DataType
} from "apache-arrow";
import type {ColumnType} from "../wire/index.js";
import {readTypedCsv, type TypedColumn} from "./typed-csv.js";

/** Gathers the values of a column, in the order of its rows. */
interface Gatherer {
  add(value: DuckDBValue, row: number): void;
  finish(): Data;
}

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
    `SELECT ${["count(*)", ...columns.map(fact)].join(", ")} FROM dataset`
  );
  const rows = Number(facts.value(0, 0));
  const plans = columns.map((column, i) => plan(column, facts.value(i + 1, 0) === true, rows));

  const result = await connection.stream(`SELECT ${plans.map(({sql}) => sql).join(", ")} FROM dataset`);
  let first = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    plans.forEach(({gatherer}, i) => {
      chunk.getColumnValues(i).forEach((value, row) => {
        if (value !== null) gatherer.add(value, first + row);
      });
    });
    first += chunk.rowCount;
  }

  const children = plans.map(({gatherer}) => gatherer.finish());
  const fields = columns.map(({name}, i) => new Field(name, children[i]!.type, true));
  const batch = makeData({type: new Struct(fields), length: rows, nullCount: 0, children});
  return new Table(new RecordBatch(new Schema(fields), batch));
}

/** What has to be known of a whole column to choose its Arrow type: whether a small one will do. */
function fact({name, sqlType}: TypedColumn): string {
  const x = identifier(name);
  if (sqlType === "BIGINT") return `coalesce(max(abs(${x}::HUGEINT)), 0) < 2147483648`;
  if (sqlType === "TIMESTAMP") return `coalesce(bool_and(epoch_us(${x}) % 1000 = 0), true)`;
  return "NULL";
}

/** How a column leaves DuckDB, as values that JavaScript has, and what takes them. */
function plan({name, sqlType, dataType}: TypedColumn, isSmall: boolean, rows: number): Plan {
  const x = identifier(name);
  switch (sqlType) {
    case "BIGINT":
      return isSmall
        ? {sql: `${x}::INTEGER`, gatherer: numbers(new Int32(), new Int32Array(rows))}
        : {sql: x, gatherer: numbers(new Int64(), new BigInt64Array(rows))};
    case "DOUBLE":
      return {sql: x, gatherer: numbers(new Float64(), new Float64Array(rows))};
    case "TIMESTAMP":
      return isSmall
        ? {sql: `epoch_ms(${x})`, gatherer: numbers(new TimestampMillisecond("UTC"), new BigInt64Array(rows))}
        : {
            sql: `epoch_us(${x})`,
            gatherer: numbers(new TimestampMicrosecond("UTC"), new BigInt64Array(rows))
          };
    default: {
      const gatherer = dataType === "CATEGORICAL" ? categories(rows) : texts(rows);
      return {sql: `${x}::VARCHAR`, gatherer};
    }
  }
}

const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Values that are what Arrow's buffer holds. */
function numbers(type: DataType, data: Int32Array | Float64Array | BigInt64Array): Gatherer {
  const valid = new Validity(data.length);
  return {
    add: (value, row) => {
      data[row] = value as never;
      valid.add(row);
    },
    finish: () => makeData({type: type as Float64, data: data as Float64Array, ...valid.buffers()})
  };
}

/** Texts of which many are equal: each once, and a number for each row. */
function categories(rows: number): Gatherer {
  const codes = new Map<DuckDBValue, number>();
  const data = new Int32Array(rows);
  const valid = new Validity(rows);
  return {
    add: (value, row) => {
      let code = codes.get(value);
      if (code === undefined) codes.set(value, (code = codes.size));
      data[row] = code;
      valid.add(row);
    },
    finish: () =>
      makeData({
        type: new Dictionary(new Utf8(), new Int32()),
        data,
        dictionary: vectorFromArray([...codes.keys()] as string[], new Utf8()),
        ...valid.buffers()
      })
  };
}

/** Texts one after another in UTF-8, and where each begins. */
function texts(rows: number): Gatherer {
  const encoder = new TextEncoder();
  const valueOffsets = new Int32Array(rows + 1);
  const valid = new Validity(rows);
  let data = new Uint8Array(1 << 16);
  let end = 0;
  let next = 0;
  const fillUpTo = (row: number) => {
    while (next <= row) valueOffsets[next++] = end;
  };
  return {
    add: (value, row) => {
      const text = value as string;
      // A character of JavaScript takes at most three bytes of UTF-8.
      const needed = end + 3 * text.length;
      if (needed > data.length) {
        const larger = new Uint8Array(Math.max(needed, 2 * data.length));
        larger.set(data.subarray(0, end));
        data = larger;
      }
      fillUpTo(row);
      end += encoder.encodeInto(text, data.subarray(end)).written;
      valid.add(row);
    },
    finish: () => {
      fillUpTo(rows);
      return makeData({type: new Utf8(), valueOffsets, data: data.slice(0, end), ...valid.buffers()});
    }
  };
}

/** Which rows have a value: a bit each, as Arrow keeps it. */
class Validity {
  readonly #bits: Uint8Array;
  readonly #rows: number;
  #count = 0;

  constructor(rows: number) {
    this.#rows = rows;
    this.#bits = new Uint8Array(Math.ceil(rows / 8));
  }

  add(row: number): void {
    this.#bits[row >> 3]! |= 1 << (row & 7);
    this.#count++;
  }

  buffers(): {length: number; nullCount: number; nullBitmap: Uint8Array} {
    return {length: this.#rows, nullCount: this.#rows - this.#count, nullBitmap: this.#bits};
  }
}
