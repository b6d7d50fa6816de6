// An Arrow table whose columns are replaced by others, in lists, structs and maps too.
import type {DataType, Field as AnyField, Struct, Table} from "apache-arrow";
import type {Arrow, Column, Data} from "./column.js";

type Field = AnyField<DataType>;

/** The column to take in its place; undefined to look at what is in it. */
export type Replace = (column: Column) => Column | undefined;

/** The table with other columns, each row by row the same. */
export function mapColumns(table: Table, replace: Replace, arrow: Arrow): Table {
  const {Schema, Table, RecordBatch, Struct, makeData} = arrow;
  const columns = table.schema.fields.map((field: Field, i) =>
    mapColumn({type: field.type, parts: table.batches.map(({data}) => data.children[i]!)}, replace, arrow)
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

const mapColumn = (column: Column, replace: Replace, arrow: Arrow): Column =>
  replace(column) ?? (column.type.children?.length ? nested(column, replace, arrow) : column);

/** A list, struct or map, with what is in it replaced. */
function nested(column: Column, replace: Replace, arrow: Arrow): Column {
  const {parts} = column;
  const fields = column.type.children as Field[];
  const children = fields.map(({type}, i) => {
    // Arrow leaves out what is in lists where there are no rows.
    const inner = parts.map(
      (part) => part.children[i] ?? (arrow.makeData({type, length: 0} as never) as Data)
    );
    return mapColumn({type, parts: inner}, replace, arrow);
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
