// What DuckDB answers, as values that JavaScript can compute with and that Plot and Inputs can show.
import type {DataType, Field as AnyField, Struct, Table} from "apache-arrow";
import type {Arrow, Column, Data} from "./column.js";
import {decimals, isLargeInteger, largeIntegers} from "./numbers.js";
import {instants, intervals, timesOfDay} from "./times.js";

type Field = AnyField<DataType>;

/**
 * The same table with types that pages can use; in lists, structs and maps too:
 *
 * - 64-bit and huge integers become doubles where all values of the column are within ±(2⁵³ − 1), else bigints, and text where
 *   a value is beyond 64 bits: no digit is lost.
 * - DECIMAL with digits after the point becomes the nearest double.
 * - Dates and timestamps become milliseconds since 1970, which Plot and Inputs know as dates.
 * - TIME and INTERVAL become text, as DuckDB writes them.
 *
 * DuckDB-WASM has casts of its own, but those relabel what is inside lists and structs without converting it.
 */
export function readable(table: Table, arrow: Arrow): Table {
  const {Schema, Table, RecordBatch, Struct, makeData} = arrow;
  const columns = table.schema.fields.map((field: Field, i) =>
    readableColumn({type: field.type, parts: table.batches.map(({data}) => data.children[i]!)}, arrow)
  );
  const fields = table.schema.fields.map((field: Field, i) => field.clone({type: columns[i]!.type}));
  const schema = new Schema(fields, table.schema.metadata);
  const batches = table.batches.map(({numRows}, batch) => {
    const children = columns.map(({parts}) => parts[batch]!);
    const data = makeData({type: new Struct(fields), length: numRows, nullCount: 0, children});
    return new RecordBatch(schema, data);
  });
  return new Table(schema, batches);
}

function readableColumn(column: Column, arrow: Arrow): Column {
  const {type} = column;
  const {DataType: is} = arrow;
  if (isLargeInteger(type, arrow)) return largeIntegers(column, arrow);
  if (is.isDecimal(type)) return decimals(column, arrow);
  if (is.isTimestamp(type) || is.isDate(type)) return instants(column, arrow);
  if (is.isTime(type)) return timesOfDay(column, arrow);
  if (is.isInterval(type)) return intervals(column, arrow);
  return type.children?.length ? nested(column, arrow) : column;
}

/** A list, struct or map, with what is in it made readable. */
function nested(column: Column, arrow: Arrow): Column {
  const {parts} = column;
  const fields = column.type.children as Field[];
  const children = fields.map(({type}, i) => {
    // Arrow leaves out what is in lists where there are no rows.
    const inner = parts.map(
      (part) => part.children[i] ?? (arrow.makeData({type, length: 0} as never) as Data)
    );
    return readableColumn({type, parts: inner}, arrow);
  });
  const inner = fields.map((field, i) => field.clone({type: children[i]!.type}));
  const type = nestedType(column.type, inner, arrow);
  if (!type) return column;
  return {
    type,
    parts: parts.map((part, batch) => {
      const data = children.map(({parts}) => parts[batch]!);
      return part.clone(type, part.offset, part.length, part.nullCount, undefined, data);
    })
  };
}

/** The type with other children; undefined for a union, whose values stay as they are. */
function nestedType(type: DataType, fields: Field[], arrow: Arrow): DataType | undefined {
  const {DataType: is, FixedSizeList, List, Map_, Struct} = arrow;
  if (is.isList(type)) return new List(fields[0]!);
  if (is.isFixedSizeList(type)) return new FixedSizeList(type.listSize, fields[0]!);
  if (is.isMap(type)) return new Map_(fields[0] as AnyField<Struct<{key: DataType; value: DataType}>>);
  return is.isStruct(type) ? new Struct(fields) : undefined;
}
