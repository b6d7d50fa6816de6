// What DuckDB answers, as values that JavaScript can reckon with and Plot and Inputs can show.
import type * as ArrowModule from "apache-arrow";
import type {Data as AnyData, DataType, Field as AnyField, Struct, Table} from "apache-arrow";

/** Arrow's module, which is fetched with the database and so can't be imported here. */
export type Arrow = typeof ArrowModule;

type Field = AnyField<DataType>;
type Data = AnyData<DataType>;

/**
 * The same table with 64-bit integers, huge integers (what `sum` of integers gives) and decimals as doubles, and dates and
 * timestamps as milliseconds since 1970 that Plot and Inputs know as dates; in lists, structs and maps too. Integers beyond
 * ±2⁵³ lose digits, as every JavaScript number does: cast them to VARCHAR in the query where each digit counts.
 *
 * DuckDB-WASM has casts of its own, but those relabel what is inside lists and structs without converting it.
 */
export function readable(table: Table, arrow: Arrow): Table {
  const {Schema, Table, RecordBatch, Struct, makeData} = arrow;
  const fields = table.schema.fields.map((field: Field) => readableField(field, arrow));
  if (fields.every((field, i) => field === table.schema.fields[i])) return table;
  const schema = new Schema(fields);
  const batches = table.batches.map(({data}) => {
    const children = data.children.map((child: Data, i) => readableData(child, fields[i]!.type, arrow));
    return new RecordBatch(
      schema,
      makeData({type: new Struct(fields), length: data.length, nullCount: 0, children})
    );
  });
  return new Table(schema, batches);
}

function readableField(field: Field, arrow: Arrow): Field {
  const type = readableType(field.type, arrow);
  return type === field.type ? field : field.clone({type});
}

function readableType(type: DataType, arrow: Arrow): DataType {
  const {DataType: is, FixedSizeList, Float64, List, Map_, Struct, TimestampMillisecond} = arrow;
  if (is.isInt(type)) return type.bitWidth === 64 ? new Float64() : type;
  if (is.isDecimal(type)) return new Float64();
  if (is.isTimestamp(type) || is.isDate(type)) return new TimestampMillisecond();
  if (!type.children?.length) return type;
  const children = type.children.map((child: Field) => readableField(child, arrow));
  if (children.every((child, i) => child === type.children[i])) return type;
  if (is.isList(type)) return new List(children[0]!);
  if (is.isFixedSizeList(type)) return new FixedSizeList(type.listSize, children[0]!);
  if (is.isMap(type)) return new Map_(children[0] as AnyField<Struct<{key: DataType; value: DataType}>>);
  if (is.isStruct(type)) return new Struct(children);
  return type; // a union: its values stay as they are
}

function readableData(data: Data, type: DataType, arrow: Arrow): Data {
  if (data.type === type) return data;
  const {DataType: is, makeData} = arrow;
  const {length, nullCount, nullBitmap} = data;
  if (is.isFloat(type)) return makeData({type, length, nullCount, nullBitmap, data: doubles(data, arrow)});
  if (is.isTimestamp(type))
    return makeData({type, length, nullCount, nullBitmap, data: milliseconds(data, arrow)});
  const children = data.children.map((child: Data, i) =>
    readableData(child, (type.children[i] as Field).type, arrow)
  );
  return data.clone(type, data.offset, length, nullCount, undefined, children);
}

function doubles({type, values: raw, length}: Data, {DataType: is}: Arrow): Float64Array {
  const values = raw as BigInt64Array | BigUint64Array | Uint32Array;
  if (!is.isDecimal(type)) return Float64Array.from({length}, (_, i) => Number(values[i]));
  const words = new BigUint64Array(values.buffer, values.byteOffset, 2 * length); // little-endian, two's complement
  const one = 10 ** type.scale;
  return Float64Array.from({length}, (_, i) => {
    return Number(BigInt.asIntN(128, (words[2 * i + 1]! << 64n) | words[2 * i]!)) / one;
  });
}

const day = 86_400_000n;
const lastDate = 8_640_000_000_000_000n; // what Date can hold; stands for DuckDB's infinity, too

function milliseconds({type, values: raw, length}: Data, {DataType: is, TimeUnit}: Arrow): BigInt64Array {
  const values = raw as BigInt64Array | Int32Array;
  if (values instanceof Int32Array) return BigInt64Array.from({length}, (_, i) => BigInt(values[i]!) * day);
  const unit = is.isTimestamp(type) ? type.unit : TimeUnit.MILLISECOND;
  const perMillisecond =
    unit === TimeUnit.NANOSECOND ? 1_000_000n : unit === TimeUnit.MICROSECOND ? 1000n : 1n;
  return values.subarray(0, length).map((value) => {
    const time = unit === TimeUnit.SECOND ? value * 1000n : floorDivide(value, perMillisecond);
    return time > lastDate ? lastDate : time < -lastDate ? -lastDate : time;
  });
}

const floorDivide = (a: bigint, b: bigint) => (a % b < 0n ? a / b - 1n : a / b);
