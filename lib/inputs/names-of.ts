// The names that a picker offers, from what a page has: a list, a column, or a table.

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

/**
 * Each name once, in the order in which they come; missing ones are left out.
 * @param column the column that has them, in a table or rows; the only one there is if left out
 */
export function namesOf(series: SeriesNames, column: string | undefined): string[] {
  const names = new Set<string>();
  for (const value of valuesOf(series, column)) {
    if (value === null || value === undefined || value === "") continue;
    if (typeof value === "object")
      throw new TypeError(
        `seriesPicker: a name is ${JSON.stringify(value)}: give texts, or {column: "the column that has them"}`
      );
    names.add(typeof value === "string" ? value : (value as number | bigint | boolean).toString());
  }
  return Array.from(names);
}

function* valuesOf(series: SeriesNames, column: string | undefined): Iterable<unknown> {
  if (isTable(series)) {
    const name = columnAmong(
      series.schema.fields.map(({name}) => name),
      column
    );
    const values = series.getChild(name)!;
    for (let row = 0; row < values.length; ++row) yield values.get(row);
    return;
  }
  if (typeof (series as Partial<Iterable<unknown>> | undefined)?.[Symbol.iterator] !== "function")
    throw new TypeError(
      `seriesPicker: the series are ${typeof series}: give a list of names, an Arrow table or rows. If they are a promise, await it first`
    );
  let name = column;
  for (const item of series) {
    if (typeof item !== "object" || item === null) yield item;
    else {
      name ??= columnAmong(Object.keys(item), column);
      if (!(name in item)) columnAmong(Object.keys(item), name);
      yield (item as Record<string, unknown>)[name];
    }
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
