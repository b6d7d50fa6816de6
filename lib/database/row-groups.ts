// The row groups of a table, which may lie in several files: what is in them, and their columns' bytes as Arrow.
import {arrowSchemaOf} from "./arrow-schema.js";
import type {Arrow} from "./column.js";
import type {Decoder} from "./decoder.js";
import {conversionOf, type Conversion} from "./conversion.js";
import {excerpt} from "./excerpt.js";
import {readFooter, type Footer, type Range, type Statistics} from "./footer.js";
import {ahead, requestsFor} from "./ranges.js";
import type {RemoteFile} from "./remote-file.js";

/** A Parquet file whose footer has been read. */
export interface Source {
  remote: RemoteFile;
  footer: Footer;
  /** The Arrow schema of some columns; undefined if the columns can only be read together. */
  arrowSchema: ReturnType<typeof arrowSchemaOf>;
  /** By column, where what the decoder gives isn't what DuckDB would read. */
  conversions: (Conversion | undefined)[];
}

export async function openSource(remote: RemoteFile, arrow: Arrow, signal: AbortSignal): Promise<Source> {
  const {size, isWhole} = remote;
  if (isWhole) {
    const first = new TextDecoder().decode(await remote.read({start: 0, end: Math.min(4, size)}, signal));
    if (first !== "PAR1") throw new Error(`it isn't a Parquet file: it begins with ${JSON.stringify(first)}`);
  }
  const end = size < 12 ? new Uint8Array(8) : await remote.read({start: size - 8, end: size}, signal);
  if (new TextDecoder().decode(end.subarray(4)) !== "PAR1")
    throw new Error("it isn't whole: the end of the Parquet file is missing");
  const length = new DataView(end.buffer, end.byteOffset).getUint32(0, true);
  if (length + 12 > size) throw new Error("its footer is damaged: it is longer than the file");
  const footer = readFooter(await remote.read({start: size - 8 - length, end: size - 8}, signal));
  const beyond = footer.groups.some(({chunks}) =>
    chunks.some(({range}) => range.start < 4 || range.end > size)
  );
  if (beyond) throw new Error("its footer is damaged: it names bytes that the file doesn't have");
  const conversions = footer.columns.map(({entries}) => conversionOf(footer, entries));
  return {remote, footer, arrowSchema: arrowSchemaOf(footer, arrow), conversions};
}

/** A row group by its file and its number in it. */
export interface GroupRef {
  source: Source;
  index: number;
  rows: number;
}

export const groupsOf = (sources: readonly Source[]): GroupRef[] =>
  sources.flatMap((source) => source.footer.groups.map(({rows}, index) => ({source, index, rows})));

/** What the footer says of a column that isn't nested. */
export function statisticsOf({source: {footer}, index}: GroupRef, column: number): Statistics {
  return footer.groups[index]!.chunks[footer.columns[column]!.leaves.first]!.statistics;
}

/** How many bytes the columns have before compression, which is near what they take in memory. */
export function sizeOf({source: {footer}, index, rows}: GroupRef, column: number): number {
  const sizes = leavesOf(footer, index, [column]).map(({size}) => Math.max(size, 8 * rows));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const leavesOf = ({columns, groups}: Footer, group: number, wanted: readonly number[]) =>
  wanted.flatMap((i) => groups[group]!.chunks.slice(columns[i]!.leaves.first, columns[i]!.leaves.end));

/**
 * Fetches columns of row groups, neighbours with one request and several requests at once, and gives those of one after another as
 * an Arrow IPC stream.
 * @param columns in the file's order
 */
export async function* readColumns(
  groups: readonly GroupRef[],
  columns: readonly number[],
  decoder: Decoder,
  signal: AbortSignal
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const chunks = groups.map(({source, index}) =>
    leavesOf(source.footer, index, columns).map(({range}) => range)
  );
  const {bytesOf, done} = fetching(groups, chunks, signal);
  for (const [i, {source, index}] of groups.entries()) {
    const bytes = await Promise.all(chunks[i]!.map(bytesOf));
    done(i);
    yield decoder.decode(excerptOf(source, columns, index, bytes));
  }
}

/** The table's columns, without a row, as an Arrow IPC stream. */
export const readTypes = (source: Source, decoder: Decoder): Promise<Uint8Array<ArrayBuffer>> =>
  decoder.decode(
    excerptOf(
      source,
      source.footer.columns.map((_, i) => i)
    )
  );

function excerptOf(
  {footer, arrowSchema}: Source,
  columns: readonly number[],
  group?: number,
  chunks?: Uint8Array[]
) {
  const all = columns.map((i) => footer.columns[i]!);
  return excerpt(footer, {
    columns: all,
    arrowSchema: arrowSchema?.(columns),
    ...(group !== undefined && {group}),
    ...(chunks && {chunks})
  });
}

function fetching(groups: readonly GroupRef[], chunks: readonly Range[][], signal: AbortSignal) {
  const requests = [...new Set(groups.map(({source}) => source))].flatMap((source) => {
    const mine = chunks.flatMap((ranges, i) => (groups[i]!.source === source ? ranges : []));
    return requestsFor(mine).map((request) => ({...request, source}));
  });
  const groupOf = new Map(chunks.flatMap((ranges, i) => ranges.map((range) => [range, i] as const)));
  const first = (ranges: readonly Range[]) => Math.min(...ranges.map((range) => groupOf.get(range)!));
  requests.sort((a, b) => first(a.ranges) - first(b.ranges));
  const requestOf = new Map(requests.flatMap(({ranges}, i) => ranges.map((range) => [range, i] as const)));
  const last = requests.map(({ranges}) => Math.max(...ranges.map((range) => groupOf.get(range)!)));
  const {get, drop} = ahead(
    requests.map(
      ({source, start, end}) =>
        () =>
          source.remote.read({start, end}, signal)
    )
  );
  return {
    async bytesOf(this: void, range: Range): Promise<Uint8Array> {
      const i = requestOf.get(range)!;
      const {start} = requests[i]!;
      return (await get(i)).subarray(range.start - start, range.end - start);
    },
    /** What only this group and those before it needed can go. */
    done(this: void, group: number): void {
      for (const [i, end] of last.entries()) if (end === group) drop(i);
    }
  };
}
