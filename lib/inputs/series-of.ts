// The series that a picker offers, from what a page has: a list, a column, or a table; and what describes each.

interface Column {
  get: (row: number) => unknown;
  length: number;
}
interface ArrowTable {
  schema: {fields: readonly {name: string}[]};
  getChild: (name: string) => Column | null;
}

/** Names, or an Arrow table or rows that have them in a column. */
export type SeriesNames = Iterable<unknown> | ArrowTable;

/** A column that describes series. */
export interface Describing {
  column: string;
  /** Its values, each once, sorted as people do. */
  values: string[];
  /** Of each series the place of its value in `values`, or `noValue`. */
  codes: Uint32Array;
}

export const noValue = 0xffff_ffff;

/**
 * Each name once, in the order in which they come, and what describes it in its first row; missing ones are left out.
 * @param column the column that has the names, in a table or rows; the only one there is if left out
 * @param describing the columns that describe series
 */
export function seriesOf(
  series: SeriesNames,
  column: string | undefined,
  describing: readonly string[] = []
): {names: string[]; described: Describing[]} {
  const names = new Set<string>();
  const encoders = describing.map(() => new Encoder());
  for (const record of recordsOf(series, column, describing)) {
    const name = textOf(record[0]);
    if (name === undefined || names.has(name)) continue;
    names.add(name);
    for (let i = 0; i < encoders.length; ++i) encoders[i]!.add(textOf(record[i + 1]));
  }
  return {
    names: Array.from(names),
    described: describing.map((column, i) => ({column, ...encoders[i]!.sorted()}))
  };
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  if (typeof value === "object")
    throw new TypeError(
      `seriesPicker: a name is ${JSON.stringify(value)}: give texts, or {column: "the column that has them"}`
    );
  return typeof value === "string" ? value : (value as number | bigint | boolean).toString();
}

const collator = new Intl.Collator(undefined, {numeric: true});

/** Texts as numbers. */
class Encoder {
  readonly #places = new Map<string, number>();
  readonly #codes: number[] = [];

  add(text: string | undefined): void {
    if (text === undefined) this.#codes.push(noValue);
    else {
      const place = this.#places.get(text) ?? this.#places.size;
      this.#places.set(text, place);
      this.#codes.push(place);
    }
  }

  sorted(): {values: string[]; codes: Uint32Array} {
    const sorted = Array.from(this.#places).sort(([a], [b]) => collator.compare(a, b) || (a < b ? -1 : 1));
    const moved = new Uint32Array(sorted.length);
    for (const [to, [, from]] of sorted.entries()) moved[from] = to;
    return {
      values: sorted.map(([text]) => text),
      codes: Uint32Array.from(this.#codes, (code) => moved[code] ?? noValue)
    };
  }
}

/** Of each row the name, and the values of the describing columns. */
function* recordsOf(
  series: SeriesNames,
  column: string | undefined,
  describing: readonly string[]
): Iterable<readonly unknown[]> {
  if (isTable(series)) {
    const existing = series.schema.fields.map(({name}) => name);
    const wanted = [columnAmong(existing, column), ...describing.map((name) => columnAmong(existing, name))];
    const columns = wanted.map((name) => series.getChild(name)!);
    for (let row = 0; row < columns[0]!.length; ++row) yield columns.map((values) => values.get(row));
    return;
  }
  if (typeof (series as Partial<Iterable<unknown>> | undefined)?.[Symbol.iterator] !== "function")
    throw new TypeError(
      `seriesPicker: the series are ${typeof series}: give a list of names, an Arrow table or rows. If they are a promise, await it first`
    );
  let wanted = column === undefined ? undefined : [column, ...describing];
  for (const item of series) {
    if (typeof item !== "object" || item === null) {
      if (describing.length > 0)
        throw new TypeError(
          `seriesPicker: facets are columns, such as "${describing[0]!}", and the series are a list of names: give an Arrow table or rows`
        );
      yield [item];
      continue;
    }
    const existing = Object.keys(item);
    wanted ??= [columnAmong(existing, column), ...describing];
    for (const name of wanted) if (!(name in item)) columnAmong(existing, name);
    yield wanted.map((name) => (item as Record<string, unknown>)[name]);
  }
}

function columnAmong(columns: readonly string[], wanted: string | undefined): string {
  const [first] = columns;
  if (wanted === undefined && columns.length === 1) return first!;
  if (wanted !== undefined && columns.includes(wanted)) return wanted;
  const those = columns.map((name) => `"${name}"`).join(", ") || "none";
  throw new Error(
    wanted === undefined
      ? `seriesPicker: say which column has the names, such as {column: "${first ?? "series"}"}; there are ${those}`
      : `seriesPicker: there is no column "${wanted}", but ${those}`
  );
}

const isTable = (series: SeriesNames): series is ArrowTable =>
  typeof (series as Partial<ArrowTable> | undefined)?.getChild === "function" && "schema" in series;
