// A query's answer as an Arrow IPC stream in the types that DuckDB itself gives it in Arrow, which the DuckDB of a page also does.
import {
  DuckDBTypeId,
  type DuckDBBitValue,
  type DuckDBDateValue,
  type DuckDBDecimalValue,
  type DuckDBIntervalValue,
  type DuckDBResult,
  type DuckDBTimeTZValue,
  type DuckDBTimeValue,
  type DuckDBTimestampMillisecondsValue,
  type DuckDBTimestampNanosecondsValue,
  type DuckDBTimestampSecondsValue,
  type DuckDBTimestampValue,
  type DuckDBType
} from "@duckdb/node-api";
import * as arrow from "apache-arrow";
import {
  binary,
  bool,
  converted,
  fixed,
  fixedList,
  list,
  map,
  struct,
  union,
  utf8,
  wide,
  type Gatherer
} from "./arrow-buffers.js";
import {BatchWriter} from "./arrow-stream.js";

/** A column's type in Arrow, and what gathers its values. */
interface Kind {
  type: arrow.DataType;
  gather: () => Gatherer;
}

/** How many rows of an answer travel together. */
const batchRows = 1 << 16;

/** A type that an answer can't have. The message names the fix. */
export class UnknownTypeError extends Error {
  override readonly name = "UnknownTypeError";
}

/**
 * The answer's stream in parts, batch by batch, the schema with the first. Throws `UnknownTypeError`.
 * @param count gets each batch's rows and bytes before it is written, and may throw
 */
export async function* answerStream(
  result: DuckDBResult,
  count: (rows: number, bytes: number) => void
): AsyncGenerator<Buffer> {
  const kinds = result.columnTypes().map(kindOf);
  const names = result.columnNames();
  const schema = new arrow.Schema(kinds.map(({type}, i) => new arrow.Field(names[i]!, type, true)));
  const writer = new BatchWriter();
  writer.begin(schema);
  let gatherers = kinds.map(({gather}) => gather());
  let rows = 0;
  const flush = () => {
    const children = gatherers.map((gatherer) => gatherer.finish());
    const type = new arrow.Struct(schema.fields);
    const data = arrow.makeData({type, length: rows, nullCount: 0, children});
    writer.write(new arrow.RecordBatch(schema, data));
    gatherers = kinds.map(({gather}) => gather());
    rows = 0;
    return writer.take();
  };
  for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
    const {rowCount} = chunk;
    const before = gatherers.reduce((sum, {bytes}) => sum + bytes, 0);
    for (const [i, gatherer] of gatherers.entries()) {
      const vector = chunk.getColumnVector(i);
      for (let row = 0; row < rowCount; ++row) gatherer.add(vector.getItem(row));
    }
    rows += rowCount;
    count(rowCount, gatherers.reduce((sum, {bytes}) => sum + bytes, 0) - before);
    if (rows >= batchRows) yield flush();
  }
  if (rows > 0) yield flush();
  writer.close();
  yield writer.take();
}

const kind = (type: arrow.DataType, Values: Parameters<typeof fixed>[1]): Kind => ({
  type,
  gather: () => fixed(type, Values)
});
/** Of values that come as objects. */
const from = (
  type: arrow.DataType,
  Values: Parameters<typeof fixed>[1],
  to: Parameters<typeof converted>[1]
): Kind => ({type, gather: () => converted(fixed(type, Values), to)});

const text: Kind = {type: new arrow.Utf8(), gather: utf8};
const asText: Kind = {type: new arrow.Utf8(), gather: () => converted(utf8(), String)};
const bytes: Kind = {type: new arrow.Binary(), gather: binary};
const time = {
  timestamp: from(
    new arrow.TimestampMicrosecond(),
    BigInt64Array,
    ({micros}: DuckDBTimestampValue) => micros
  ),
  zoned: from(
    new arrow.TimestampMicrosecond("UTC"),
    BigInt64Array,
    ({micros}: DuckDBTimestampValue) => micros
  ),
  seconds: from(
    new arrow.TimestampSecond(),
    BigInt64Array,
    ({seconds}: DuckDBTimestampSecondsValue) => seconds
  ),
  milliseconds: from(
    new arrow.TimestampMillisecond(),
    BigInt64Array,
    ({millis}: DuckDBTimestampMillisecondsValue) => millis
  ),
  nanoseconds: from(
    new arrow.TimestampNanosecond(),
    BigInt64Array,
    ({nanos}: DuckDBTimestampNanosecondsValue) => nanos
  ),
  ofDay: from(new arrow.TimeMicrosecond(), BigInt64Array, ({micros}: DuckDBTimeValue) => micros),
  // As in a page, the zone is lost.
  ofDayZoned: from(
    new arrow.TimeMicrosecond(),
    BigInt64Array,
    ({micros}: DuckDBTimeTZValue & {micros: bigint}) => micros
  )
};

const decimal = (precision: number, scale: number, unscaled: (value: never) => bigint): Kind => {
  const type = new arrow.Decimal(scale, precision, 128);
  return {type, gather: () => wide(type, Uint32Array, (value, words, at) => put(unscaled(value), words, at))};
};

/** Writes an integer of 128 bits, the lower word first; a BigInt64Array keeps of each what fits. */
function put(value: bigint, words: BigInt64Array, at: number): void {
  words[at] = value;
  words[at + 1] = value >> 64n;
}

const interval: Kind = (() => {
  const type = new arrow.IntervalMonthDayNano();
  const write = ({months, days, micros}: DuckDBIntervalValue, words: BigInt64Array, at: number) => {
    words[at] = (BigInt(days) << 32n) | BigInt.asUintN(32, BigInt(months));
    words[at + 1] = micros * 1000n;
  };
  return {type, gather: () => wide(type, Int32Array, write)};
})();

const hugeUnsigned: Kind = (() => {
  const type = new arrow.FixedSizeBinary(16);
  return {type, gather: () => wide(type, Uint8Array, put)};
})();

function words(values: readonly string[]): Kind {
  const [index, Values] =
    values.length <= 2 ** 8
      ? ([new arrow.Uint8(), Uint8Array] as const)
      : values.length <= 2 ** 16
        ? ([new arrow.Uint16(), Uint16Array] as const)
        : ([new arrow.Uint32(), Uint32Array] as const);
  const type = new arrow.Dictionary(new arrow.Utf8(), index as never);
  const all = arrow.vectorFromArray(values, new arrow.Utf8());
  const places = new Map(values.map((value, i) => [value, i]));
  const place = ((value: string) => places.get(value)!) as Parameters<typeof converted>[1];
  return {
    type,
    gather: () =>
      converted(
        fixed(type, Values, () => all),
        place
      )
  };
}

function named(names: readonly string[]): void {
  if (new Set(names).size === names.length && !names.includes("__proto__")) return;
  throw new UnknownTypeError(
    `A struct whose parts are called ${names.map((name) => JSON.stringify(name)).join(", ")} can't be told apart by name: ` +
      "name each part otherwise, with struct_pack"
  );
}

function kindOf(sqlType: DuckDBType): Kind {
  const Type = DuckDBTypeId;
  switch (sqlType.typeId) {
    case Type.BOOLEAN:
      return {type: new arrow.Bool(), gather: bool};
    case Type.TINYINT:
      return kind(new arrow.Int8(), Int8Array);
    case Type.SMALLINT:
      return kind(new arrow.Int16(), Int16Array);
    case Type.INTEGER:
    case Type.SQLNULL:
      return kind(new arrow.Int32(), Int32Array);
    case Type.BIGINT:
      return kind(new arrow.Int64(), BigInt64Array);
    case Type.UTINYINT:
      return kind(new arrow.Uint8(), Uint8Array);
    case Type.USMALLINT:
      return kind(new arrow.Uint16(), Uint16Array);
    case Type.UINTEGER:
      return kind(new arrow.Uint32(), Uint32Array);
    case Type.UBIGINT:
      return kind(new arrow.Uint64(), BigUint64Array);
    case Type.HUGEINT:
      return decimal(38, 0, (value: bigint) => value);
    case Type.UHUGEINT:
      return hugeUnsigned;
    case Type.FLOAT:
      return kind(new arrow.Float32(), Float32Array);
    case Type.DOUBLE:
      return kind(new arrow.Float64(), Float64Array);
    case Type.DECIMAL:
      return decimal(sqlType.width, sqlType.scale, ({value}: DuckDBDecimalValue) => value);
    case Type.VARCHAR:
      return text;
    case Type.UUID:
      return asText;
    case Type.BLOB:
      return bytes;
    case Type.BIT:
      return {type: bytes.type, gather: () => converted(binary(), bitBytes)};
    case Type.DATE:
      return from(new arrow.DateDay(), Int32Array, ({days}: DuckDBDateValue) => days);
    case Type.TIMESTAMP:
      return time.timestamp;
    case Type.TIMESTAMP_TZ:
      return time.zoned;
    case Type.TIMESTAMP_S:
      return time.seconds;
    case Type.TIMESTAMP_MS:
      return time.milliseconds;
    case Type.TIMESTAMP_NS:
      return time.nanoseconds;
    case Type.TIME:
      return time.ofDay;
    case Type.TIME_TZ:
      return time.ofDayZoned;
    case Type.INTERVAL:
      return interval;
    case Type.ENUM:
      return words(sqlType.values);
    case Type.LIST: {
      const item = kindOf(sqlType.valueType);
      const type = new arrow.List(new arrow.Field("l", item.type, true));
      return {type, gather: () => list(type, item.gather())};
    }
    case Type.ARRAY: {
      const item = kindOf(sqlType.valueType);
      const type = new arrow.FixedSizeList(sqlType.length, new arrow.Field("", item.type, true));
      return {type, gather: () => fixedList(type, item.gather())};
    }
    case Type.STRUCT: {
      named(sqlType.entryNames);
      const parts = sqlType.entryTypes.map(kindOf);
      const fields = parts.map(({type}, i) => new arrow.Field(sqlType.entryNames[i]!, type, true));
      const type = new arrow.Struct(fields);
      const gather = () =>
        struct(
          type,
          parts.map(({gather}, i) => [sqlType.entryNames[i]!, gather()])
        );
      return {type, gather};
    }
    case Type.MAP: {
      const [key, value] = [kindOf(sqlType.keyType), kindOf(sqlType.valueType)];
      const entry = new arrow.Struct([
        new arrow.Field("key", key.type, false),
        new arrow.Field("value", value.type, true)
      ]);
      const type = new arrow.Map_(new arrow.Field("entries", entry, false) as never);
      return {type, gather: () => map(type, key.gather(), value.gather())};
    }
    case Type.UNION: {
      const members = sqlType.memberTypes.map(kindOf);
      const fields = members.map(({type}, i) => new arrow.Field(sqlType.memberTags[i]!, type, true));
      const type = new arrow.SparseUnion(
        members.map((_, i) => i),
        fields
      );
      const gather = () =>
        union(
          type,
          members.map(({gather}, i) => [sqlType.memberTags[i]!, gather()])
        );
      return {type, gather};
    }
    default:
      throw new UnknownTypeError(
        `A column of type ${String(sqlType)} has no form in Arrow that a page reads: cast it to VARCHAR`
      );
  }
}

/** As `binary` takes bytes. */
const bitBytes = (({data}: DuckDBBitValue) => ({bytes: data})) as unknown as Parameters<typeof converted>[1];
