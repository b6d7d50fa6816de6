// A Parquet file in memory that holds some columns of one row group of a larger file, for a decoder that wants whole files.
import {isInterval} from "./conversion.js";
import type {FileColumn, Footer, Span} from "./footer.js";
import {ThriftType, writeStruct, type Field, type List, type Struct, type Value} from "./thrift.js";

const mark = new TextEncoder().encode("PAR1");

/** Where writers keep the Arrow schema that a file was made from. */
export const arrowSchemaKey = "ARROW:schema";

export interface ExcerptOf {
  /** In the file's order. */
  columns: readonly FileColumn[];
  /** The file's Arrow schema with these columns alone, if it has one. */
  arrowSchema: Uint8Array | undefined;
  /** None gives a file without rows. */
  group?: number;
  /** The bytes of the columns' leaves in the row group, in order. */
  chunks?: readonly Uint8Array[];
}

/**
 * The bytes of such a file, of whose types a decoder says the same as of those of the whole file; but an INTERVAL is its bytes, as
 * the decoder's would be a wrong one.
 */
export function excerpt(
  {metadata}: Footer,
  {columns, arrowSchema, group, chunks = []}: ExcerptOf
): Uint8Array<ArrayBuffer> {
  const leaves = columns.map((column) => column.leaves);
  const groups = group === undefined ? [] : [groupOf(listAt(metadata, 4)[group] as Struct, leaves, chunks)];
  const footer: Struct = new Map(metadata);
  const [root] = listAt(metadata, 2) as [Struct];
  const entries = pick(
    listAt(metadata, 2),
    columns.map(({entries}) => entries)
  ).map((entry) => (isInterval(entry as Struct) ? withoutType(entry as Struct) : entry));
  footer.set(2, structs([new Map(root).set(5, {type: ThriftType.i32, value: columns.length}), ...entries]));
  const rows = groups[0] ? (groups[0].get(3)!.value as bigint) : 0n;
  footer.set(3, {type: ThriftType.i64, value: rows}).set(4, structs(groups)).delete(5);
  if (arrowSchema) footer.set(5, structs([entry(arrowSchemaKey, arrowSchema)]));
  if (footer.has(7)) footer.set(7, structs(pick(listAt(metadata, 7), leaves)));
  return fileOf(chunks, writeStruct(footer));
}

function groupOf(group: Struct, leaves: readonly Span[], chunks: readonly Uint8Array[]): Struct {
  let at = mark.length;
  const columns = pick(listAt(group, 1), leaves).map((chunk, i) => {
    const moved = movedTo(chunk as Struct, at);
    at += chunks[i]!.length;
    return moved;
  });
  return new Map([...group].filter(([id]) => id === 2 || id === 3)).set(1, structs(columns));
}

/** The column's entry, its bytes from `start` on; without its indexes and its Bloom filter, which aren't here. */
function movedTo(chunk: Struct, start: number): Struct {
  const copy: Struct = new Map([...chunk].filter(([id]) => id === 2));
  const column: Struct = new Map(chunk.get(3)!.value as Struct);
  for (const id of [10, 14, 15]) column.delete(id);
  const data = Number(column.get(9)?.value ?? 0);
  const dictionary = Number(column.get(11)?.value ?? 0);
  const hasDictionary = dictionary > 0 && dictionary < data;
  const offset = (at: number): Field => ({type: ThriftType.i64, value: BigInt(at)});
  column.set(9, offset(hasDictionary ? start + data - dictionary : start));
  if (hasDictionary) column.set(11, offset(start));
  else column.delete(11);
  return copy.set(3, {type: ThriftType.struct, value: column});
}

const withoutType = (entry: Struct): Struct => new Map([...entry].filter(([id]) => id !== 6));

const listAt = (struct: Struct, id: number): Value[] => (struct.get(id)!.value as List).items;

const pick = (items: Value[], spans: readonly Span[]): Value[] =>
  spans.flatMap(({first, end}) => items.slice(first, end));

const structs = (items: Value[]): Field => ({
  type: ThriftType.list,
  value: {type: ThriftType.struct, items}
});

function entry(key: string, value: Uint8Array): Struct {
  const binary = (value: Uint8Array): Field => ({type: ThriftType.binary, value});
  return new Map([
    [1, binary(new TextEncoder().encode(key))],
    [2, binary(value)]
  ]);
}

function fileOf(chunks: readonly Uint8Array[], footer: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, footer.length, true);
  const parts = [mark, ...chunks, footer, length, mark];
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
