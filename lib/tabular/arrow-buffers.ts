// Gathers the values of a column, row by row as DuckDB gives them, into Arrow's buffers.
import type {DuckDBValue} from "@duckdb/node-api";
import {Bool, makeData, Utf8, type Data, type DataType, type Vector} from "apache-arrow";

/** Takes the values of a column in the order of its rows, at most as many as it was made for. */
export interface Gatherer {
  add(value: DuckDBValue, row: number): void;
  /** Bytes of text held, which no number of rows bounds. */
  readonly bytes: number;
  /** The column, of so many rows. */
  finish(rows: number): Data;
}

/** Which rows have a value, a bit each as Arrow keeps it. */
class Validity {
  readonly #bits: Uint8Array;
  #nullCount = 0;

  constructor(maxRows: number) {
    this.#bits = new Uint8Array((maxRows + 7) >> 3).fill(0xff);
  }

  clear(row: number): void {
    this.#bits[row >> 3]! &= ~(1 << (row & 7));
    ++this.#nullCount;
  }

  finish(rows: number): {nullCount: number; nullBitmap: Uint8Array | null} {
    return {
      nullCount: this.#nullCount,
      nullBitmap: this.#nullCount ? this.#bits.subarray(0, (rows + 7) >> 3) : null
    };
  }
}

type FixedArray = Int32Array | Float64Array | BigInt64Array | Uint8Array | Uint16Array;

/** Values of a fixed width, and dictionaries' indices, gathered into an array as long as there may be rows. */
export function fixed(type: DataType, values: FixedArray, dictionary?: () => Vector): Gatherer {
  const validity = new Validity(values.length);
  return {
    bytes: 0,
    add(value, row) {
      if (value === null) validity.clear(row);
      else values[row] = value as number;
    },
    finish: (rows) =>
      makeData({
        type,
        length: rows,
        data: values.subarray(0, rows),
        dictionary: dictionary?.(),
        ...validity.finish(rows)
      } as never)
  };
}

export function bool(maxRows: number): Gatherer {
  const validity = new Validity(maxRows);
  const bits = new Uint8Array((maxRows + 7) >> 3);
  return {
    bytes: 0,
    add(value, row) {
      if (value === null) validity.clear(row);
      else if (value) bits[row >> 3]! |= 1 << (row & 7);
    },
    finish: (rows) =>
      makeData({
        type: new Bool(),
        length: rows,
        data: bits.subarray(0, (rows + 7) >> 3),
        ...validity.finish(rows)
      })
  };
}

export function utf8(maxRows: number): Gatherer {
  const validity = new Validity(maxRows);
  const offsets = new Int32Array(maxRows + 1);
  let text = Buffer.allocUnsafe(1 << 16);
  let length = 0;
  return {
    get bytes() {
      return length;
    },
    add(value, row) {
      if (value === null) validity.clear(row);
      else {
        const string = value as string;
        // A UTF-16 unit takes three bytes of UTF-8 at most.
        const needed = length + string.length * 3;
        if (needed > text.length) {
          const grown = Buffer.allocUnsafe(Math.max(needed, text.length * 2));
          text.copy(grown, 0, 0, length);
          text = grown;
        }
        length += text.write(string, length);
      }
      offsets[row + 1] = length;
    },
    finish: (rows) =>
      makeData({
        type: new Utf8(),
        length: rows,
        valueOffsets: offsets.subarray(0, rows + 1),
        data: text.subarray(0, length),
        ...validity.finish(rows)
      })
  };
}
