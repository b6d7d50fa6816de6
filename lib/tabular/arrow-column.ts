// What each column becomes in Arrow: a type that JavaScript reads with ease, and what gathers its values.
import {
  Binary,
  Bool,
  DateMillisecond,
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
  Utf8,
  type DataType
} from "apache-arrow";
import {binary, bool, fixed, list, map, struct, utf8, type Gatherer} from "./arrow-buffers.js";
import type {ArrowDictionary} from "./arrow-dictionaries.js";
import {wholeNumbers} from "./arrow-whole-numbers.js";
import type {PlannedColumn} from "./plan.js";
import {decimalToDouble, type PlainValue} from "./plain-value.js";
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

/** How a column gets into Arrow; `dictionary` where its text repeats. */
export function arrowColumn(
  {name, shape, answers}: PlannedColumn,
  dictionary?: ArrowDictionary
): ArrowColumn {
  if (dictionary) {
    const {type, sql, gather} = dictionary;
    return {field: new Field(name, type, true), sql, gather, longest: 0};
  }
  const {type, gather} = kindOf(shape);
  const isWhole = shape.is === "leaf" && shape.leaf.is === "whole" && shape.leaf.fits === "DOUBLE";
  return {
    field: new Field(name, type, true, isWhole ? new Map(wholeNumbers) : undefined),
    gather,
    sql: spelt(shape, identifier(name), {leaf: (value, sql) => leaf(value, sql).sql, name: part}),
    longest: Number(answers[0] ?? 0)
  };
}
