// A Parquet file's schema in Arrow, which says that days are read as milliseconds.
import {
  Binary,
  Bool,
  DateMillisecond,
  Decimal,
  Field,
  Float64,
  Int32,
  Int64,
  List,
  Map_,
  Schema,
  Struct,
  Table,
  tableToIPC,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  Utf8,
  type DataType
} from "apache-arrow";
import type {PlainValue} from "./plain-value.js";
import type {PlannedColumn} from "./plan.js";
import type {Shape} from "./shape.js";

/**
 * The schema as a file has it under `ARROW:schema`, where readers into Arrow look for what Parquet's own types don't tell. Without it a
 * DATE becomes a Date32, which Plot takes for a number; with it a Date64, which Plot takes for a date. The other columns are as
 * `parquetColumn` writes them, for some readers go by this alone.
 */
export function parquetSchema(columns: readonly PlannedColumn[]): string {
  const schema = new Schema(columns.map(({name, shape}) => field(name, shape)));
  const stream = Buffer.from(tableToIPC(new Table(schema), "stream"));
  // The first message, behind a mark and its length.
  return stream.subarray(0, 8 + stream.readInt32LE(4)).toString("base64");
}

const field = (name: string, shape: Shape<PlainValue>, isNullable = true) =>
  new Field(name, typeOf(shape), isNullable);

function typeOf(shape: Shape<PlainValue>): DataType {
  switch (shape.is) {
    case "leaf":
      return plainType(shape.leaf);
    case "list":
      return new List(field("element", shape.item));
    case "struct":
      return new Struct(shape.fields.map(({name, value}) => field(name, value)));
    case "map": {
      const entry = new Struct([field("key", shape.key, false), field("value", shape.value)]);
      return new Map_(new Field("key_value", entry, false) as never);
    }
  }
}

function plainType(value: PlainValue): DataType {
  switch (value.is) {
    case "boolean":
      return new Bool();
    case "bytes":
      return new Binary();
    case "double":
      return new Float64();
    case "decimal":
      return new Decimal(value.type.scale, value.type.width);
    case "whole":
      if (value.fits === "DECIMAL(38,0)") return new Decimal(0, 38);
      if (value.fits === "VARCHAR") return new Utf8();
      return value.fits === "INTEGER" ? new Int32() : new Int64();
    case "date":
      return value.range === "any" ? new Utf8() : new DateMillisecond();
    case "time":
      return value.range === "any" ? new Utf8() : new times[value.unit]();
    default:
      return new Utf8();
  }
}

const times = {ms: TimestampMillisecond, us: TimestampMicrosecond, ns: TimestampNanosecond};
