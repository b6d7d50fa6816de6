// Gathers the values of a column, row by row as DuckDB gives them, into Arrow's buffers.
import type {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBUnionValue,
  DuckDBValue
} from "@duckdb/node-api";
import {
  Binary,
  Bool,
  makeData,
  Utf8,
  type Data,
  type DataType,
  type FixedSizeList,
  type List,
  type Map_,
  type SparseUnion,
  type Struct,
  type Vector
} from "apache-arrow";

/** Takes the values of a column, one after another. */
export interface Gatherer {
  add(value: DuckDBValue): void;
  /** About how many bytes it holds. */
  readonly bytes: number;
  /** The column that they make; nothing is to be added after. */
  finish(): Data;
}

/** Which rows have a value, a bit each as Arrow keeps it; no bits as long as all have. */
class Validity {
  length = 0;
  #nullCount = 0;
  #bits?: Uint8Array<ArrayBuffer>;

  /** Counts a row, and tells whether it has a value. */
  add(value: DuckDBValue): boolean {
    const row = this.length++;
    if (value === null) {
      ++this.#nullCount;
      this.#bits ??= new Uint8Array(64).fill(0xff);
    }
    if (!this.#bits) return true;
    // The first missing value may come late, far beyond the bits that there are.
    while (row >> 3 >= this.#bits.length) this.#bits = grown(this.#bits, 0xff);
    if (value === null) this.#bits[row >> 3]! &= ~(1 << (row & 7));
    return value !== null;
  }

  finish() {
    const bits = this.#bits?.subarray(0, (this.length + 7) >> 3) ?? null;
    return {length: this.length, nullCount: this.#nullCount, nullBitmap: bits};
  }
}

type FixedArray =
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** The same values in an array twice as long. */
function grown<T extends FixedArray>(values: T, fill?: number): T {
  const longer = new (values.constructor as new (length: number) => T)(2 * values.length);
  if (fill !== undefined) longer.fill(fill as never, values.length);
  longer.set(values as never);
  return longer;
}

/** Short, since there may be thousands of columns. */
const firstLength = 256;

/** Values of a fixed width, and dictionaries' indices. */
export function fixed(
  type: DataType,
  Values: new (length: number) => FixedArray,
  dictionary?: () => Vector
): Gatherer {
  const validity = new Validity();
  let values = new Values(firstLength);
  return {
    get bytes() {
      return validity.length * values.BYTES_PER_ELEMENT;
    },
    add(value) {
      const row = validity.length;
      if (row === values.length) values = grown(values);
      if (validity.add(value)) values[row] = value as number;
    },
    finish() {
      const {length, ...nulls} = validity.finish();
      const data = values.subarray(0, length);
      return makeData({type, length, data, dictionary: dictionary?.(), ...nulls} as never);
    }
  };
}

/** The same of values that aren't numbers yet: `to` makes one of each. */
export function converted(gatherer: Gatherer, to: (value: never) => DuckDBValue): Gatherer {
  return {
    get bytes() {
      return gatherer.bytes;
    },
    add: (value) => gatherer.add(value === null ? null : to(value as never)),
    finish: () => gatherer.finish()
  };
}

/** Values of 16 bytes: `put` writes one as two words, the lower first. */
export function wide(
  type: DataType,
  Values: new (
    buffer: ArrayBufferLike,
    offset: number,
    length: number
  ) => Int32Array | Uint32Array | Uint8Array,
  put: (value: never, words: BigInt64Array, at: number) => void
): Gatherer {
  const validity = new Validity();
  let words = new BigInt64Array(2 * firstLength);
  return {
    get bytes() {
      return validity.length * 16;
    },
    add(value) {
      const at = 2 * validity.length;
      if (at === words.length) words = grown(words);
      if (validity.add(value)) put(value as never, words, at);
    },
    finish() {
      const {length, ...nulls} = validity.finish();
      const size = (16 * length) / (Values as unknown as typeof Uint8Array).BYTES_PER_ELEMENT;
      return makeData({type, length, data: new Values(words.buffer, 0, size), ...nulls} as never);
    }
  };
}

/** Lists that all have the same length. */
export function fixedList(type: FixedSizeList, item: Gatherer): Gatherer {
  const validity = new Validity();
  return {
    get bytes() {
      return item.bytes;
    },
    add(value) {
      const items = validity.add(value) ? (value as DuckDBArrayValue).items : undefined;
      for (let i = 0; i < type.listSize; ++i) item.add(items?.[i] ?? null);
    },
    finish: () => makeData({type, child: item.finish(), ...validity.finish()})
  };
}

/** Values of one of several types each, with room for all of them in each row. */
export function union(type: SparseUnion, members: [string, Gatherer][]): Gatherer {
  let tags = new Int8Array(firstLength);
  const places = new Map(members.map(([tag], i) => [tag, i]));
  let length = 0;
  return {
    get bytes() {
      return members.reduce((sum, [, {bytes}]) => sum + bytes, length);
    },
    add(value) {
      const chosen = value as DuckDBUnionValue | null;
      const place = chosen ? places.get(chosen.tag)! : 0;
      if (length === tags.length) tags = grown(tags);
      tags[length++] = place;
      for (const [i, [, member]] of members.entries())
        member.add(i === place && chosen ? chosen.value : null);
    },
    finish() {
      const children = members.map(([, member]) => member.finish());
      return makeData({type, length, typeIds: tags.subarray(0, length), children} as never);
    }
  };
}

export function bool(): Gatherer {
  const validity = new Validity();
  let bits = new Uint8Array(firstLength);
  return {
    get bytes() {
      return validity.length >> 3;
    },
    add(value) {
      const row = validity.length;
      if (row >> 3 === bits.length) bits = grown(bits);
      validity.add(value);
      if (value) bits[row >> 3]! |= 1 << (row & 7);
    },
    finish: () => {
      const data = bits.subarray(0, (validity.length + 7) >> 3);
      return makeData({type: new Bool(), data, ...validity.finish()});
    }
  };
}

/** Where each row's part of the bytes or items ends. */
class Offsets {
  #offsets = new Int32Array(firstLength);
  #length = 1;

  add(end: number): void {
    if (this.#length === this.#offsets.length) this.#offsets = grown(this.#offsets);
    this.#offsets[this.#length++] = end;
  }

  finish = () => this.#offsets.subarray(0, this.#length);
}

export const utf8 = (): Gatherer =>
  // A UTF-16 unit takes three bytes of UTF-8 at most.
  ofBytes(
    new Utf8(),
    (value) => (value as string).length * 3,
    (value, bytes, at) => bytes.write(value as string, at)
  );

export const binary = (): Gatherer =>
  ofBytes(
    new Binary(),
    (value) => (value as DuckDBBlobValue).bytes.length,
    (value, bytes, at) => {
      bytes.set((value as DuckDBBlobValue).bytes, at);
      return (value as DuckDBBlobValue).bytes.length;
    }
  );

function ofBytes(
  type: Utf8 | Binary,
  atMost: (value: DuckDBValue) => number,
  write: (value: DuckDBValue, bytes: Buffer, at: number) => number
): Gatherer {
  const validity = new Validity();
  const offsets = new Offsets();
  let bytes = Buffer.allocUnsafe(firstLength);
  let length = 0;
  return {
    get bytes() {
      return length + validity.length * 4;
    },
    add(value) {
      if (validity.add(value)) {
        const needed = length + atMost(value);
        if (needed > bytes.length) {
          const longer = Buffer.allocUnsafe(Math.max(needed, bytes.length * 2));
          bytes.copy(longer, 0, 0, length);
          bytes = longer;
        }
        length += write(value, bytes, length);
      }
      offsets.add(length);
    },
    finish: () =>
      makeData({
        type: type as Utf8,
        valueOffsets: offsets.finish(),
        data: bytes.subarray(0, length),
        ...validity.finish()
      })
  };
}

export function list(type: List, item: Gatherer): Gatherer {
  const validity = new Validity();
  const offsets = new Offsets();
  let length = 0;
  return {
    get bytes() {
      return item.bytes + validity.length * 4;
    },
    add(value) {
      if (validity.add(value)) {
        const {items} = value as DuckDBListValue;
        for (const one of items) item.add(one);
        length += items.length;
      }
      offsets.add(length);
    },
    finish: () => makeData({type, valueOffsets: offsets.finish(), child: item.finish(), ...validity.finish()})
  };
}

/** @param fields each by the name that DuckDB gives it under */
export function struct(type: Struct, fields: [string, Gatherer][]): Gatherer {
  const validity = new Validity();
  return {
    get bytes() {
      return fields.reduce((sum, [, {bytes}]) => sum + bytes, 0);
    },
    add(value) {
      const entries = validity.add(value) ? (value as DuckDBStructValue).entries : undefined;
      for (const [name, field] of fields) field.add(entries?.[name] ?? null);
    },
    finish: () => {
      const children = fields.map(([, field]) => field.finish());
      return makeData({type, children, ...validity.finish()});
    }
  };
}

export function map(type: Map_, key: Gatherer, value: Gatherer): Gatherer {
  const validity = new Validity();
  const offsets = new Offsets();
  let length = 0;
  return {
    get bytes() {
      return key.bytes + value.bytes + validity.length * 4;
    },
    add(map) {
      if (validity.add(map)) {
        const {entries} = map as DuckDBMapValue;
        for (const entry of entries) {
          key.add(entry.key);
          value.add(entry.value);
        }
        length += entries.length;
      }
      offsets.add(length);
    },
    finish: () => {
      const entries = type.children[0]!.type as Struct;
      const child = makeData({type: entries, length, nullCount: 0, children: [key.finish(), value.finish()]});
      return makeData({type, valueOffsets: offsets.finish(), child: child as never, ...validity.finish()});
    }
  };
}
