// What a SQL type is made of: lists, structs and maps, and at their leaves plain values.
import {DuckDBTypeId, type DuckDBType} from "@duckdb/node-api";
import {identifier} from "./quote.js";

/** A type's structure, with something said of each leaf. */
export type Shape<Leaf> =
  | {is: "leaf"; leaf: Leaf}
  | {is: "list"; item: Shape<Leaf>; items: (sql: string) => string}
  | {is: "struct"; fields: Field<Leaf>[]; isUnion: boolean}
  | {is: "map"; key: Shape<Leaf>; value: Shape<Leaf>};

/** A part of a struct, and how SQL takes it out of one. */
interface Field<Leaf> {
  name: string;
  of: (sql: string) => string;
  value: Shape<Leaf>;
}

/** An array of fixed size is a list; a union is a struct of its members, all but one of them null. */
export function shapeOf(type: DuckDBType): Shape<DuckDBType> {
  switch (type.typeId) {
    case DuckDBTypeId.LIST:
      return {is: "list", item: shapeOf(type.valueType), items: (sql) => sql};
    case DuckDBTypeId.ARRAY:
      return {
        is: "list",
        item: shapeOf(type.valueType),
        items: (sql) => `${sql}::${String(type.valueType)}[]`
      };
    case DuckDBTypeId.MAP:
      return {is: "map", key: shapeOf(type.keyType), value: shapeOf(type.valueType)};
    case DuckDBTypeId.STRUCT: {
      const fields = type.entryNames.map((name, i) => ({
        // What row(…) makes has no names.
        name: name || `v${i + 1}`,
        of: (sql: string) => `struct_extract_at(${sql}, ${i + 1})`,
        value: shapeOf(type.entryTypes[i]!)
      }));
      return {is: "struct", fields, isUnion: false};
    }
    case DuckDBTypeId.UNION: {
      const fields = type.memberTags.map((name, i) => ({
        name,
        of: (sql: string) => `union_extract(${sql}, '${name.replaceAll("'", "''")}')`,
        value: shapeOf(type.memberTypes[i]!)
      }));
      return {is: "struct", fields, isUnion: true};
    }
    default:
      return {is: "leaf", leaf: type};
  }
}

/** The same structure with something else said of each leaf. */
export function mapLeaves<A, B>(shape: Shape<A>, to: (leaf: A) => B): Shape<B> {
  switch (shape.is) {
    case "leaf":
      return {is: "leaf", leaf: to(shape.leaf)};
    case "list":
      return {...shape, item: mapLeaves(shape.item, to)};
    case "map":
      return {is: "map", key: mapLeaves(shape.key, to), value: mapLeaves(shape.value, to)};
    case "struct":
      return {...shape, fields: shape.fields.map((field) => ({...field, value: mapLeaves(field.value, to)}))};
  }
}

/** What is said of the leaves, in their order. */
export function leavesOf<Leaf>(shape: Shape<Leaf>): Leaf[] {
  const leaves: Leaf[] = [];
  mapLeaves(shape, (leaf) => leaves.push(leaf));
  return leaves;
}

/** An aggregate that comes to the same whether it is taken of all values, or first in each list. */
export type Aggregate = "min" | "max" | "bool_and";

/** The aggregates of one leaf's values as SQL: `expression` says of what. */
export type Aggregated = (aggregate: Aggregate, expression: (sql: string) => string) => string;

/** How to aggregate the values of each leaf over all rows, in the order of `leavesOf`. */
export function aggregates(shape: Shape<unknown>, sql: string): Aggregated[] {
  return partial(shape, sql, 0).map(
    (of) => (aggregate, expression) => `${aggregate}(${of(aggregate, expression)})`
  );
}

/** The same of the values of one row. */
function partial(shape: Shape<unknown>, sql: string, depth: number): Aggregated[] {
  const inList = (shape: Shape<unknown>, list: string): Aggregated[] => {
    const item = variable(depth);
    return partial(shape, item, depth + 1).map(
      (of) => (aggregate, expression) =>
        `list_${aggregate}(list_transform(${list}, lambda ${item}: ${of(aggregate, expression)}))`
    );
  };
  switch (shape.is) {
    case "leaf":
      return [(_, expression) => expression(sql)];
    case "list":
      return inList(shape.item, shape.items(sql));
    case "map":
      return [...inList(shape.key, `map_keys(${sql})`), ...inList(shape.value, `map_values(${sql})`)];
    case "struct":
      return shape.fields.flatMap(({of, value}) => partial(value, of(sql), depth));
  }
}

/** How the values at a place of a type are spelt as SQL. */
export interface Spelling<Leaf> {
  leaf: (leaf: Leaf, sql: string) => string;
  /** What a map has for keys; else they are spelt as values are. */
  key?: (key: Shape<Leaf>, sql: string) => string;
  /** What a struct's parts are called; else as they are. */
  name?: (i: number) => string;
}

/** SQL that gives a nested value with each leaf spelt in its way, and everything else as it is. */
export function spelt<Leaf>(shape: Shape<Leaf>, sql: string, spelling: Spelling<Leaf>, depth = 0): string {
  const item = variable(depth);
  const inside = (shape: Shape<Leaf>, sql: string) => spelt(shape, sql, spelling, depth + 1);
  switch (shape.is) {
    case "leaf":
      return spelling.leaf(shape.leaf, sql);
    case "list": {
      const list = shape.items(sql);
      const spelled = inside(shape.item, item);
      return spelled === item ? list : `list_transform(${list}, lambda ${item}: ${spelled})`;
    }
    case "map": {
      const key = `${item}.key`;
      const value = `${item}.value`;
      const keySpelt = spelling.key?.(shape.key, key) ?? inside(shape.key, key);
      const valueSpelt = inside(shape.value, value);
      if (keySpelt === key && valueSpelt === value) return sql;
      const entry = `struct_pack(key := ${keySpelt}, value := ${valueSpelt})`;
      return `map_from_entries(list_transform(map_entries(${sql}), lambda ${item}: ${entry}))`;
    }
    case "struct": {
      const {fields, isUnion} = shape;
      const parts = fields.map(({name, of, value}) => ({name, sql: of(sql), spelt: inside(value, of(sql))}));
      if (!isUnion && !spelling.name && parts.every((part) => part.spelt === part.sql)) return sql;
      const packed = parts
        .map((part, i) => `${identifier(spelling.name?.(i) ?? part.name)} := ${part.spelt}`)
        .join(", ");
      return `CASE WHEN ${sql} IS NOT NULL THEN struct_pack(${packed}) END`;
    }
  }
}

/** What a lambda calls its value; no column's name counts there. */
const variable = (depth: number) => `item_${depth}`;
