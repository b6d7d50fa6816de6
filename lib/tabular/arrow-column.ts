// What each column becomes in Arrow: a type that JavaScript reads with ease, and what gathers its values.
import {DuckDBTypeId, type DuckDBConnection, type DuckDBType} from "@duckdb/node-api";
import {
  Binary,
  Bool,
  DateMillisecond,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  List,
  Map_,
  Struct,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  Uint16,
  Uint8,
  Utf8,
  vectorFromArray,
  type DataType
} from "apache-arrow";
import {binary, bool, fixed, list, map, struct, utf8, type Gatherer} from "./arrow-buffers.js";
import {wholeNumbers} from "./arrow-whole-numbers.js";
import {oneRow} from "./duckdb.js";
import type {PlannedColumn} from "./plan.js";
import {decimalToDouble, isText, type PlainValue} from "./plain-value.js";
import {identifier} from "./quote.js";
import {spelt, type Shape} from "./shape.js";
import {timeText} from "./text-spelling.js";

/** A column on its way: the SQL that gives it in a plain type, and how its values gather into Arrow's buffers. */
export interface ArrowColumn {
  field: Field;
  sql: string;
  gather: () => Gatherer;
  /** About how many bytes its longest text or list has. */
  longest: number;
}

/** A type, and what gathers values of it. */
interface Kind {
  type: DataType;
  gather: () => Gatherer;
}

const text: Kind = {type: new Utf8(), gather: utf8};
const fixedKind = (type: DataType, Values: Parameters<typeof fixed>[1]): Kind => ({
  type,
  gather: () => fixed(type, Values)
});
const int32 = fixedKind(new Int32(), Int32Array);
const int64 = fixedKind(new Int64(), BigInt64Array);
const float64 = fixedKind(new Float64(), Float64Array);
// Plot takes only milliseconds for dates. Without a zone they are UTC's, and DuckDB in a page needs no extension for them.
const date = fixedKind(new DateMillisecond(), BigInt64Array);
const times = {
  ms: fixedKind(new TimestampMillisecond(), BigInt64Array),
  us: fixedKind(new TimestampMicrosecond(), BigInt64Array),
  ns: fixedKind(new TimestampNanosecond(), BigInt64Array)
};

/** A plain value as Arrow has it, and as SQL. */
function leaf(value: PlainValue, sql: string): Kind & {sql: string} {
  switch (value.is) {
    case "boolean":
      return {type: new Bool(), gather: bool, sql};
    case "bytes":
      return {type: new Binary(), gather: binary, sql};
    case "double":
      return {...float64, sql: value.decimal ? decimalToDouble(value.decimal, sql) : `${sql}::DOUBLE`};
    case "whole":
      if (value.fits === "INTEGER") return {...int32, sql: `${sql}::INTEGER`};
      if (value.fits === "DOUBLE") return {...float64, sql: `${sql}::DOUBLE`};
      return value.fits === "BIGINT" ? {...int64, sql: `${sql}::BIGINT`} : {...text, sql: `${sql}::VARCHAR`};
    case "date":
      return value.range === "any"
        ? {...text, sql: timeText(value, sql)}
        : {...date, sql: `epoch_ms(${sql}::TIMESTAMP)`};
    case "time":
      return value.range === "any"
        ? {...text, sql: timeText(value, sql)}
        : {
            ...times[value.unit],
            sql: `epoch_${value.unit}(${sql}${value.unit === "ns" ? "" : "::TIMESTAMP"})`
          };
    default:
      return {...text, sql: `${sql}::VARCHAR`};
  }
}

/** A struct's parts travel under these names: its own might be such as an object of JavaScript can't have. */
const part = (i: number) => `f${i}`;

function kindOf(shape: Shape<PlainValue>): Kind {
  switch (shape.is) {
    case "leaf":
      return leaf(shape.leaf, "");
    case "list": {
      const item = kindOf(shape.item);
      const type = new List(new Field("item", item.type, true));
      return {type, gather: () => list(type, item.gather())};
    }
    case "struct": {
      const kinds = shape.fields.map(({value}) => kindOf(value));
      const type = new Struct(shape.fields.map(({name}, i) => new Field(name, kinds[i]!.type, true)));
      return {
        type,
        gather: () =>
          struct(
            type,
            kinds.map(({gather}, i) => [part(i), gather()])
          )
      };
    }
    case "map": {
      const [key, value] = [kindOf(shape.key), kindOf(shape.value)];
      const entry = new Struct([new Field("key", key.type, false), new Field("value", value.type, true)]);
      const type = new Map_(new Field("entries", entry, false) as never);
      return {type, gather: () => map(type, key.gather(), value.gather())};
    }
  }
}

/** What is asked of a column besides: how long it is at most, and of text how many there are and how many different ones. */
export function textQuestions(shape: Shape<DuckDBType>, sql: string): string[] {
  const longest = `max(strlen(${sql}::VARCHAR))`;
  if (shape.is !== "leaf") return [longest];
  if (shape.leaf.typeId === DuckDBTypeId.BLOB) return [`max(octet_length(${sql}))`];
  return isText(shape.leaf) ? [longest, `count(${sql})`, `approx_count_distinct(${sql}::VARCHAR)`] : [];
}

/** Text of more different values than this is written out; the estimate of their number can be off by some percents. */
const maxWords = 1 << 15;

/** @param index of the column, by which its dictionary is known */
export async function arrowColumn(
  connection: DuckDBConnection,
  relation: string,
  {name, shape, answers}: PlannedColumn,
  index: number
): Promise<ArrowColumn> {
  const column = identifier(name);
  const [longest, count, distinct] = answers.map(Number);
  if (shape.is === "leaf" && shape.leaf.is === "text" && distinct! > 0) {
    if (distinct! <= maxWords && distinct! * 2 <= count!) {
      const {sql, ...kind} = await dictionary(connection, relation, column, index);
      return {field: new Field(name, kind.type, true), gather: kind.gather, sql, longest: 2};
    }
  }
  const {type, gather} = kindOf(shape);
  const isWhole = shape.is === "leaf" && shape.leaf.is === "whole" && shape.leaf.fits === "DOUBLE";
  return {
    field: new Field(name, type, true, isWhole ? new Map(wholeNumbers) : undefined),
    gather,
    sql: spelt(shape, column, {leaf: (value, sql) => leaf(value, sql).sql, name: part}),
    longest: longest ?? 0
  };
}

/** Text that repeats: DuckDB turns each value into its place in the sorted list of them, which travels once. */
async function dictionary(
  connection: DuckDBConnection,
  relation: string,
  column: string,
  index: number
): Promise<Kind & {sql: string}> {
  const words = identifier(`dictionary ${index}`);
  const from = `FROM ${identifier(relation)} WHERE ${column} IS NOT NULL`;
  await connection.run(
    `CREATE OR REPLACE TYPE ${words} AS ENUM (SELECT DISTINCT ${column}::VARCHAR ${from} ORDER BY 1)`
  );
  const {values} = await oneRow(connection, `SELECT enum_range(NULL::${words})::VARCHAR[] AS values`);
  const {items} = values as {items: string[]};
  const isSmall = items.length <= 256;
  const type = new Dictionary(new Utf8(), isSmall ? new Uint8() : new Uint16(), index);
  const vector = vectorFromArray(items, new Utf8());
  return {
    sql: `enum_code(${column}::VARCHAR::${words})`,
    type,
    gather: () => fixed(type, isSmall ? Uint8Array : Uint16Array, () => vector)
  };
}
