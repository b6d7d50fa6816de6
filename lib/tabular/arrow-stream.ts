// Writes a relation as an Arrow IPC stream, batch by batch, in types that JavaScript reads without BigInt where it safely can.
import {createWriteStream} from "node:fs";
import {pipeline} from "node:stream/promises";
import {
  Bool,
  DateDay,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  Uint16,
  Uint8,
  Utf8,
  vectorFromArray,
  type DataType
} from "apache-arrow";
import type {DuckDBConnection, DuckDBDataChunk} from "@duckdb/node-api";
import {
  columnsOf,
  isInteger,
  isNested,
  isNumber,
  isText,
  isTime,
  maxInt32,
  measure,
  range,
  within
} from "./columns.js";
import {bool, fixed, utf8, type Gatherer} from "./arrow-buffers.js";
import {oneRow} from "./duckdb.js";
import {identifier} from "./quote.js";

/** A column on its way: the SQL that gives it in a plain type, and how its values gather into Arrow's buffers. */
interface Sink {
  name: string;
  sql: string;
  type: DataType;
  gather: () => Gatherer;
}

/** Rows of a batch: large enough for compact buffers, small enough to come and go. */
const batchRows = 1 << 16;
/** A batch ends early when a column holds this much text. */
const batchBytes = 16 << 20;

/**
 * Writes a table or view as an Arrow IPC stream.
 *
 * Integers become Int32 where they fit, else Float64 while exact (up to 2^53), else Int64; numbers with a point become Float64;
 * text that repeats becomes a dictionary; dates DateDay; timestamps TimestampMicrosecond; what JavaScript has no type for becomes text.
 * @param relation name of the table or view
 * @param file path to write to
 * @returns how many rows
 */
export async function writeArrow(
  connection: DuckDBConnection,
  relation: string,
  file: string
): Promise<number> {
  const columns = await plan(connection, relation);
  const schema = new Schema(columns.map(({name, type}) => new Field(name, type, true)));
  let rows = 0;
  await pipeline(async function* () {
    const writer = new BatchWriter();
    writer.begin(schema);
    for await (const batch of batches(connection, relation, schema, columns)) {
      rows += batch.numRows;
      writer.write(batch);
      yield writer.take();
    }
    writer.close();
    yield writer.take();
  }, createWriteStream(file));
  return rows;
}

/** Collects what the writer writes, since its own queue has no bound and can't tell when a batch is out. */
class BatchWriter extends RecordBatchStreamWriter {
  #chunks: Uint8Array[] = [];

  /** Writes the schema, so that a relation without rows has one too. */
  begin(schema: Schema): void {
    this.reset(undefined, schema);
  }

  protected override _write(chunk: ArrayBufferView): this {
    if (this._started) this.#chunks.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    return this;
  }

  /** The bytes since the last call. */
  take(): Buffer {
    const bytes = Buffer.concat(this.#chunks);
    this.#chunks = [];
    return bytes;
  }
}

async function* batches(
  connection: DuckDBConnection,
  relation: string,
  schema: Schema,
  columns: Sink[]
): AsyncGenerator<RecordBatch> {
  const select = columns.map(({name, sql}) => `${sql} AS ${identifier(name)}`).join(", ");
  const result = await connection.stream(`SELECT ${select} FROM ${identifier(relation)}`);
  let gatherers = columns.map(({gather}) => gather());
  let rows = 0;
  const flush = () => {
    const children = gatherers.map((gatherer) => gatherer.finish(rows));
    const batch = new RecordBatch(
      schema,
      makeData({type: new Struct(schema.fields), length: rows, nullCount: 0, children})
    );
    gatherers = columns.map(({gather}) => gather());
    rows = 0;
    return batch;
  };
  for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
    if (rows + chunk.rowCount > batchRows) yield flush();
    gather(chunk, gatherers, rows);
    rows += chunk.rowCount;
    if (gatherers.some(({bytes}) => bytes > batchBytes)) yield flush();
  }
  if (rows) yield flush();
}

function gather(chunk: DuckDBDataChunk, gatherers: Gatherer[], offset: number): void {
  for (const [j, gatherer] of gatherers.entries()) {
    const vector = chunk.getColumnVector(j);
    for (let i = 0; i < chunk.rowCount; ++i) gatherer.add(vector.getItem(i), offset + i);
  }
}

/** Chooses each column's Arrow type by its SQL type and, where that leaves a choice, by its values. */
async function plan(connection: DuckDBConnection, relation: string): Promise<Sink[]> {
  const columns = await columnsOf(connection, relation);
  const {rows, measures} = await measure(connection, relation, columns, (column, sql) => {
    if (isInteger(column)) return range(sql);
    return isText(column) ? {distinct: `approx_count_distinct(${sql})`} : {};
  });
  return Promise.all(
    columns.map(async (column, j): Promise<Sink> => {
      const {name, type} = column;
      const sql = identifier(name);
      const measured = measures[j]!;
      const int32 = (type: DataType, sql: string): Sink => ({
        name,
        sql,
        type,
        gather: () => fixed(type, new Int32Array(batchRows))
      });
      const int64 = (type: DataType, sql: string): Sink => ({
        name,
        sql,
        type,
        gather: () => fixed(type, new BigInt64Array(batchRows))
      });
      const float64: Sink = {
        name,
        sql: `${sql}::DOUBLE`,
        type: new Float64(),
        gather: () => fixed(new Float64(), new Float64Array(batchRows))
      };
      if (type === "BOOLEAN") return {name, sql, type: new Bool(), gather: () => bool(batchRows)};
      if (isInteger(column)) {
        if (within(measured, maxInt32)) return int32(new Int32(), `${sql}::INTEGER`);
        if (within(measured, 2n ** 53n)) return float64;
        if (within(measured, 2n ** 63n - 1n)) return int64(new Int64(), `${sql}::BIGINT`);
        // A sum may be rounded, but a DECIMAL of a dataset is rather an identifier: its digits count.
        return type.startsWith("DECIMAL")
          ? {name, sql: `${sql}::VARCHAR`, type: new Utf8(), gather: () => utf8(batchRows)}
          : float64;
      }
      if (isNumber(column)) return float64;
      if (type === "DATE") return int32(new DateDay(), `(${sql} - DATE '1970-01-01')::INTEGER`);
      if (isTime(column)) return int64(new TimestampMicrosecond(), `epoch_us(${sql})`);
      if (isText(column)) {
        const distinct = Number(measured["distinct"]);
        if (distinct > 0 && distinct <= maxWords && distinct * 2 <= rows) {
          return dictionary(connection, relation, name, j);
        }
      }
      return {
        name,
        sql: isNested(column) ? `to_json(${sql})::VARCHAR` : `${sql}::VARCHAR`,
        type: new Utf8(),
        gather: () => utf8(batchRows)
      };
    })
  );
}

/** Text of more different values than this is written out; the estimate of their number can be off by some percents. */
const maxWords = 1 << 15;

/** Text that repeats: DuckDB turns each value into its place in the sorted list of them, which travels once. */
async function dictionary(
  connection: DuckDBConnection,
  relation: string,
  name: string,
  j: number
): Promise<Sink> {
  const column = identifier(name);
  const type = identifier(`dictionary ${j}`);
  const from = `FROM ${identifier(relation)} WHERE ${column} IS NOT NULL`;
  await connection.run(`CREATE TYPE ${type} AS ENUM (SELECT DISTINCT ${column}::VARCHAR ${from} ORDER BY 1)`);
  const {values} = await oneRow(connection, `SELECT enum_range(NULL::${type})::VARCHAR[] AS values`);
  const words = (values as {items: string[]}).items;
  const indices = words.length <= 256 ? new Uint8() : new Uint16();
  const arrowType = new Dictionary(new Utf8(), indices, j);
  const vector = vectorFromArray(words, new Utf8());
  return {
    name,
    sql: `enum_code(${column}::VARCHAR::${type})`,
    type: arrowType,
    gather: () =>
      fixed(
        arrowType,
        words.length <= 256 ? new Uint8Array(batchRows) : new Uint16Array(batchRows),
        () => vector
      )
  };
}
