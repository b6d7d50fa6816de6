// Writes a relation as an Arrow IPC stream, batch by batch.
import {createWriteStream} from "node:fs";
import {pipeline} from "node:stream/promises";
import type {DuckDBConnection} from "@duckdb/node-api";
import {RecordBatchStreamWriter, type Schema} from "apache-arrow";
import {readBatches} from "./arrow-batches.js";
import {columnsOf, typesOf} from "./columns.js";
import type {Written} from "./formats.js";

/**
 * Writes a table or view as an Arrow IPC stream to the file at a path.
 * @param source its rows in the order wanted, as `writeFormat` takes them
 */
export async function writeArrow(
  connection: DuckDBConnection,
  relation: string,
  file: string,
  source?: string
): Promise<Written> {
  const {schema, batches, warnings} = await readBatches(connection, relation, {rows: source});
  let rows = 0;
  await pipeline(async function* () {
    const writer = new BatchWriter();
    writer.begin(schema);
    for await (const batch of batches) {
      rows += batch.numRows;
      writer.write(batch);
      yield writer.take();
    }
    writer.close();
    yield writer.take();
  }, createWriteStream(file));
  return {rows, columns: typesOf(await columnsOf(connection, relation)), warnings};
}

/** Collects what the writer writes, since its own queue has no bound and can't tell when a batch is out. */
export class BatchWriter extends RecordBatchStreamWriter {
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
