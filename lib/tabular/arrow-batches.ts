// Reads a relation as Arrow record batches, in types that JavaScript reads without BigInt where no digit is lost.
import type {DuckDBConnection} from "@duckdb/node-api";
import {makeData, RecordBatch, Schema, Struct} from "apache-arrow";
import {arrowColumn, type ArrowColumn} from "./arrow-column.js";
import {dictionariesOf, textQuestions} from "./arrow-dictionaries.js";
import {planColumns} from "./plan.js";
import {identifier} from "./quote.js";
import {warningsFor} from "./warnings.js";

/** A relation as Arrow. */
export interface ArrowBatches {
  schema: Schema;
  /** Its rows, in one pass. */
  batches: AsyncGenerator<RecordBatch>;
  /** What isn't written as it is, a sentence for each column. */
  warnings: string[];
}

/** Which rows are read, beside the relation's name that what is asked of them goes by. */
export interface BatchOptions {
  /** The relation's rows in the order wanted, as SQL that may follow FROM; the relation itself if left out. */
  rows?: string | undefined;
  limits?: BatchLimits | undefined;
}

/** How much a batch holds at most: large enough for compact buffers, small enough to come and go. */
export interface BatchLimits {
  rows: number;
  /** All of its columns together. A column of Arrow can't hold more than 2 GiB of text in one batch. */
  bytes: number;
}

const usual: BatchLimits = {rows: 1 << 16, bytes: 64 << 20};

export async function readBatches(
  connection: DuckDBConnection,
  relation: string,
  {rows = identifier(relation), limits = usual}: BatchOptions = {}
): Promise<ArrowBatches> {
  const planned = await planColumns(connection, relation, textQuestions);
  const dictionaries = await dictionariesOf(connection, relation, planned);
  const columns = planned.map((column) => arrowColumn(column, dictionaries.get(column)));
  const schema = new Schema(columns.map(({field}) => field));
  return {
    schema,
    batches: batches(connection, rows, schema, columns, limits),
    warnings: warningsFor(planned, "arrow")
  };
}

async function* batches(
  connection: DuckDBConnection,
  source: string,
  schema: Schema,
  columns: ArrowColumn[],
  limits: BatchLimits
): AsyncGenerator<RecordBatch> {
  const select = columns.map(({sql}, i) => `${sql} AS c${i}`).join(", ");
  const result = await connection.stream(`SELECT ${select} FROM ${source}`);
  // So many rows are gathered before the next look at how much there is, that they can't be more than a batch may hold.
  const longest = columns.reduce((sum, column) => sum + column.longest, 1);
  const step = Math.max(1, Math.min(limits.rows, Math.floor(limits.bytes / longest)));
  let gatherers = columns.map(({gather}) => gather());
  let rows = 0;
  const flush = () => {
    const children = gatherers.map((gatherer) => gatherer.finish());
    const batch = makeData({type: new Struct(schema.fields), length: rows, nullCount: 0, children});
    gatherers = columns.map(({gather}) => gather());
    rows = 0;
    return new RecordBatch(schema, batch);
  };
  for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
    const {rowCount} = chunk;
    const vectors = columns.map((_, j) => chunk.getColumnVector(j));
    for (let from = 0; from < rowCount;) {
      const to = Math.min(rowCount, from + step, from + limits.rows - rows);
      for (const [j, gatherer] of gatherers.entries()) {
        const vector = vectors[j]!;
        for (let i = from; i < to; ++i) gatherer.add(vector.getItem(i));
      }
      rows += to - from;
      from = to;
      const isFull = gatherers.reduce((sum, {bytes}) => sum + bytes, 0) >= limits.bytes;
      if (isFull || rows >= limits.rows) yield flush();
    }
  }
  if (rows) yield flush();
}
