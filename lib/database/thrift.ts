// Thrift's compact protocol, in which a Parquet file's footer is written: read into a tree, and written from one, without loss.

/** The types of the protocol. */
export const ThriftType = {
  true: 1,
  false: 2,
  i8: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12
} as const;

/** A struct's fields by their numbers. */
export type Struct = Map<number, Field>;

export interface Field {
  type: number;
  value: Value;
}

export interface List {
  /** The type of its items. */
  type: number;
  items: Value[];
}

/** Integers of up to 32 bits are numbers, of 64 bits bigints; a double is its eight bytes, and so is text. */
export type Value = boolean | number | bigint | Uint8Array | List | Struct;

/** Reads the struct that the bytes begin with. Throws where they end too early or mean nothing. */
export function readStruct(bytes: Uint8Array): Struct {
  return new Reader(bytes).struct(0);
}

/** The bytes of a struct. */
export function writeStruct(struct: Struct): Uint8Array {
  const writer = new Writer();
  writer.struct(struct);
  return writer.bytes.subarray(0, writer.length);
}

/** Deeper nesting than any footer has is damage. */
const maxDepth = 64;

class Reader {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  struct(depth: number): Struct {
    if (depth > maxDepth) throw new Error("its footer is damaged: it is nested too deeply");
    const fields: Struct = new Map();
    for (let id = 0; ;) {
      const header = this.#byte();
      const type = header & 15;
      if (type === 0) return fields;
      id = header >> 4 ? id + (header >> 4) : Number(this.#zigzag());
      const isBoolean = type === ThriftType.true || type === ThriftType.false;
      fields.set(id, {type, value: isBoolean ? type === ThriftType.true : this.#value(type, depth)});
    }
  }

  #value(type: number, depth: number): Value {
    switch (type) {
      case ThriftType.true:
      case ThriftType.false:
        return this.#byte() === 1; // in a list
      case ThriftType.i8:
        return this.#byte();
      case ThriftType.i16:
      case ThriftType.i32:
        return Number(this.#zigzag());
      case ThriftType.i64:
        return this.#zigzag();
      case ThriftType.double:
        return this.#take(8);
      case ThriftType.binary:
        return this.#take(Number(this.#varint()));
      case ThriftType.list:
      case ThriftType.set:
        return this.#list(depth + 1);
      case ThriftType.struct:
        return this.struct(depth + 1);
      default: // maps, which no footer holds, too
        throw new Error(`its footer is damaged: it holds a field of type ${type}`);
    }
  }

  #list(depth: number): List {
    const header = this.#byte();
    const size = header >> 4 === 15 ? Number(this.#varint()) : header >> 4;
    if (size > this.bytes.length - this.#at) throw new Error("its footer is damaged: a list is too long");
    const type = header & 15;
    return {type, items: Array.from({length: size}, () => this.#value(type, depth))};
  }

  #byte(): number {
    const byte = this.bytes[this.#at++];
    if (byte === undefined) throw new Error("its footer is damaged: it ends too early");
    return byte;
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (!(end <= this.bytes.length)) throw new Error("its footer is damaged: it ends too early");
    const taken = this.bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  #varint(): bigint {
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte();
      low |= (byte & 127) << shift;
      if (byte < 128) return BigInt(low);
    }
    let value = BigInt(low);
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new Error("its footer is damaged: a number is too long");
  }

  #zigzag(): bigint {
    const value = this.#varint();
    return (value >> 1n) ^ -(value & 1n);
  }
}

class Writer {
  bytes = new Uint8Array(1024);
  length = 0;

  struct(struct: Struct): void {
    let last = 0;
    for (const [id, {type, value}] of [...struct].sort(([a], [b]) => a - b)) {
      const isBoolean = typeof value === "boolean";
      const written = isBoolean ? (value ? ThriftType.true : ThriftType.false) : type;
      const step = id - last;
      this.#byte(step > 0 && step < 16 ? (step << 4) | written : written);
      if (step <= 0 || step >= 16) this.#zigzag(BigInt(id));
      if (!isBoolean) this.#value(type, value);
      last = id;
    }
    this.#byte(0);
  }

  #value(type: number, value: Value): void {
    if (typeof value === "boolean") this.#byte(value ? 1 : 2);
    else if (typeof value === "number" && type === ThriftType.i8) this.#byte(value);
    else if (typeof value === "number" || typeof value === "bigint") this.#zigzag(BigInt(value));
    else if (value instanceof Map) this.struct(value);
    else if (value instanceof Uint8Array) {
      if (type === ThriftType.binary) this.#varint(BigInt(value.length));
      this.#append(value);
    } else this.#list(value);
  }

  #list({type, items}: List): void {
    this.#byte(((items.length < 15 ? items.length : 15) << 4) | type);
    if (items.length >= 15) this.#varint(BigInt(items.length));
    for (const item of items) this.#value(type, item);
  }

  #zigzag(value: bigint): void {
    this.#varint(BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)));
  }

  #varint(value: bigint): void {
    for (; value > 127n; value >>= 7n) this.#byte(Number(value & 127n) | 128);
    this.#byte(Number(value));
  }

  #byte(byte: number): void {
    this.#grow(1);
    this.bytes[this.length++] = byte;
  }

  #append(added: Uint8Array): void {
    this.#grow(added.length);
    this.bytes.set(added, this.length);
    this.length += added.length;
  }

  #grow(by: number): void {
    if (this.length + by <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.length + by));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
