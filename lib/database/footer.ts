// A Parquet file's footer: its columns, and for each row group where the columns' bytes lie and between what values they are.
import {readStruct, ThriftType, type List, type Struct, type Value} from "./thrift.js";

/** A range of a file's bytes, from `start` to before `end`. */
export interface Range {
  start: number;
  end: number;
}

/** Numbers from `first` to before `end`. */
export interface Span {
  first: number;
  end: number;
}

/** A column of the table; a nested one has several leaves, each with bytes of its own. */
export interface FileColumn {
  name: string;
  /** The numbers of its leaves, from `first` to before `end`. */
  leaves: Span;
  /** The numbers of its entries in the schema. */
  entries: Span;
  /** How its values are written, if it isn't nested: such a column can have statistics. */
  flat?: Physical;
}

/** How Parquet writes a column's values. */
export interface Physical {
  /** 0 boolean, 1 INT32, 2 INT64, 3 INT96, 4 FLOAT, 5 DOUBLE, 6 bytes, 7 bytes of one length. */
  type: number;
  isUnsigned: boolean;
  /** How many nanoseconds one is, of a timestamp. */
  nanoseconds?: bigint;
}

/** What the footer says of a column's values in a row group. Bounds may be shortened, so no value need be equal to them. */
export interface Statistics {
  min?: Uint8Array;
  max?: Uint8Array;
  nulls?: number;
  rows: number;
}

export interface RowGroup {
  rows: number;
  /** By leaf. */
  chunks: {range: Range; /** Before compression. */ size: number; statistics: Statistics}[];
}

export interface Footer {
  columns: FileColumn[];
  groups: RowGroup[];
  /** All of it, to write parts of it from. */
  metadata: Struct;
}

/** Reads a footer's bytes. Throws for a damaged one. */
export function readFooter(bytes: Uint8Array): Footer {
  try {
    return read(bytes);
  } catch (cause) {
    const isTold = cause instanceof Error && cause.message.startsWith("its ");
    throw isTold
      ? cause
      : new Error("its footer is damaged: something stands where another thing must", {cause});
  }
}

function read(bytes: Uint8Array): Footer {
  const metadata = readStruct(bytes);
  const columns = readColumns(list(metadata, 2));
  const leaves = columns.at(-1)?.leaves.end ?? 0;
  const groups = list(metadata, 4).map((group) => readGroup(struct(group), leaves));
  return {columns, groups, metadata};
}

/** The schema is written as a tree, in depth-first order, the root first. */
function readColumns(elements: Value[]): FileColumn[] {
  const columns: FileColumn[] = [];
  let leaves = 0;
  let at = 1;
  const skip = (): Struct => {
    const element = struct(elements[at++]);
    const children = integer(element, 5) ?? 0;
    if (!children) leaves++;
    for (let i = 0; i < children; i++) skip();
    return element;
  };
  while (at < elements.length) {
    const first = leaves;
    const entry = at;
    const element = skip();
    const isFlat = !integer(element, 5) && integer(element, 3) !== 2; // 2 is repeated
    columns.push({
      name: text(element, 4),
      leaves: {first, end: leaves},
      entries: {first: entry, end: at},
      ...(isFlat && {flat: readPhysical(element)})
    });
  }
  return columns;
}

/** In nanoseconds, by the number of the unit in Parquet's union of them. */
const units: Record<number, bigint> = {1: 1_000_000n, 2: 1000n, 3: 1n};

function readPhysical(element: Struct): Physical {
  const converted = integer(element, 6);
  const logical = element.get(10)?.value as Struct | undefined;
  const number = logical?.get(10)?.value as Struct | undefined;
  const isUnsigned = number
    ? number.get(2)?.value === false
    : converted !== undefined && converted >= 11 && converted <= 14;
  const [unit] =
    ((logical?.get(8)?.value as Struct | undefined)?.get(2)?.value as Struct | undefined)?.keys() ?? [];
  const nanoseconds = unit === undefined ? {9: units[1], 10: units[2]}[converted ?? 0] : units[unit];
  return {type: integer(element, 1) ?? -1, isUnsigned, ...(nanoseconds && {nanoseconds})};
}

function readGroup(group: Struct, leaves: number): RowGroup {
  const rows = integer(group, 3) ?? 0;
  const chunks = list(group, 1).map((chunk) => {
    if (struct(chunk).has(1)) throw new Error("its columns lie in other files, which pages can't read");
    const column = struct(struct(chunk).get(3)?.value);
    const data = integer(column, 9) ?? 0;
    const dictionary = integer(column, 11) ?? 0;
    const start = dictionary > 0 && dictionary < data ? dictionary : data;
    const end = start + (integer(column, 7) ?? 0);
    return {range: {start, end}, size: integer(column, 6) ?? 0, statistics: readStatistics(column, rows)};
  });
  if (chunks.length !== leaves) throw new Error("its footer is damaged: a row group lacks columns");
  return {rows, chunks};
}

function readStatistics(column: Struct, rows: number): Statistics {
  const all = column.get(12)?.value as Struct | undefined;
  const min = all?.get(6)?.value as Uint8Array | undefined;
  const max = all?.get(5)?.value as Uint8Array | undefined;
  const nulls = all && integer(all, 3);
  return {rows, ...(min && {min}), ...(max && {max}), ...(nulls !== undefined && {nulls})};
}

function list(from: Struct, id: number): Value[] {
  const field = from.get(id);
  if (field === undefined) throw new Error("its footer is damaged: a list is missing");
  if (field.type !== ThriftType.list) throw new Error("its footer is damaged: something stands for a list");
  return (field.value as List).items;
}

function struct(value: Value | undefined): Struct {
  if (value instanceof Map) return value;
  throw new Error("its footer is damaged: a part is missing");
}

function integer(from: Struct, id: number): number | undefined {
  const value = from.get(id)?.value;
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
}

function text(from: Struct, id: number): string {
  const value = from.get(id)?.value;
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : "";
}
