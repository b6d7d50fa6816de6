// Series that are parts of others, such as stores of regions: sums and pooled measures that count nothing twice.
import {identifier, literal} from "../tabular/quote.js";
import {column, numbers, rows, type Data} from "./column.js";
import {compareKeys, groupsOf} from "./groups.js";

/** The columns of a hierarchy: rows of each series, or only of the leaves, name the series that they are a part of. */
export interface Hierarchy {
  /** The column of the series; `"series"` if left out. */
  series?: string;
  /** The column of the series that it is a part of, null at the top; `"parent"` if left out. */
  parent?: string;
}

/**
 * The rows of series that no other is a part of. A measure of these is pooled without counting parts twice: `wape(leafRows(rows))`.
 */
export function leafRows(data: Data, {series = "series", parent = "parent"}: Hierarchy = {}): object[] {
  const parents = new Set<unknown>(column(data, parent).filter((value) => value != null));
  return rows(data).filter((row) => !parents.has(row[series]));
}

/** The condition for the same rows of a table, for a WHERE. */
export const leafSql = (table: string, {series = "series", parent = "parent"}: Hierarchy = {}): string =>
  `${identifier(series)} NOT IN (SELECT ${identifier(parent)} FROM ${identifier(table)} WHERE ${identifier(parent)} IS NOT NULL)`;

/** What to sum up. */
export interface SumUp extends Hierarchy {
  /** The columns to group by besides, such as the time. */
  by?: string[];
  /** The columns to sum. */
  values: string[];
  /** What the sum of all is called; `"Total"` if left out. A series of that name is that same sum. */
  total?: string;
}

/**
 * The sums of every series' leaves, and of all: a row for each series and group, with the number of `leaves` that were summed. A sum is null
 * if a value of a leaf isn't known. Rows of series that have parts are left out, as their parts are summed instead. The total comes
 * first, then the series in order. Throws for a series that is a part of itself.
 */
export function sumUp(
  data: Data,
  {series = "series", parent = "parent", by = [], values, total = "Total"}: SumUp
): Record<string, unknown>[] {
  const [names, parents] = [column(data, series), column(data, parent)];
  const parentOf = new Map(names.map((name, i) => [name, parents[i]]));
  const inner = new Set<unknown>(parents.filter((value) => value != null));
  const groupColumns = by.map((name) => column(data, name));
  const groups = groupsOf(groupColumns, names.length);
  const read = values.map((name) => numbers(data, name));
  const sums = new Map<unknown, Map<number, {leaves: number; sums: number[]}>>();
  names.forEach((name, i) => {
    if (inner.has(name)) return;
    for (const node of new Set([total, ...ancestors(name, parentOf)])) {
      const ofNode = sums.get(node) ?? sums.set(node, new Map()).get(node)!;
      const row = ofNode.get(groups.of[i]!) ?? {leaves: 0, sums: values.map(() => 0)};
      ofNode.set(groups.of[i]!, row);
      ++row.leaves;
      read.forEach((column, k) => (row.sums[k]! += column[i]!));
    }
  });
  return [...sums]
    .sort(([a], [b]) => Number(b === total) - Number(a === total) || compareKeys([a], [b]))
    .flatMap(([node, ofNode]) =>
      [...ofNode]
        .map(([group, row]) => ({key: groupColumns.map((c) => c[groups.first[group]!] ?? null), row}))
        .sort((a, b) => compareKeys(a.key, b.key))
        .map(({key, row}) => ({
          [series]: node,
          ...Object.fromEntries(by.map((name, k) => [name, key[k]])),
          leaves: row.leaves,
          ...Object.fromEntries(
            values.map((name, k) => [name, Number.isFinite(row.sums[k]) ? row.sums[k] : null])
          )
        }))
    );
}

function ancestors(name: unknown, parentOf: ReadonlyMap<unknown, unknown>): unknown[] {
  const way = [name];
  for (let next = parentOf.get(name); next != null; next = parentOf.get(next)) {
    if (way.includes(next))
      throw new Error(`The series "${next as string}" is a part of itself: correct its parents`);
    way.push(next);
  }
  return way;
}

/** The statement that gives the same rows of a table. A series that is a part of itself is followed for 100 levels, without an error. */
export function sumUpSql(
  table: string,
  {series = "series", parent = "parent", by = [], values, total = "Total"}: SumUp
): string {
  const [node, of, from] = [identifier(series), identifier(parent), identifier(table)];
  const keys = by.map((name) => `${identifier(name)}, `).join("");
  const sum = (name: string) =>
    `CASE WHEN count(*) = count(*) FILTER (WHERE isfinite(CAST(${identifier(name)} AS DOUBLE))) THEN sum(CAST(${identifier(name)} AS DOUBLE)) END AS ${identifier(name)}`;
  return `WITH RECURSIVE edges AS (SELECT ${node} AS part, max(${of}) AS whole FROM ${from} GROUP BY ${node}),
ways AS (
  SELECT part AS leaf, part AS node, 0 AS depth FROM edges
  WHERE part IS NULL OR part NOT IN (SELECT whole FROM edges WHERE whole IS NOT NULL)
  UNION ALL
  SELECT leaf, whole, depth + 1 FROM ways JOIN edges ON part = node WHERE whole IS NOT NULL AND depth < 100
), nodes AS (
  SELECT leaf, node, min(place) AS place FROM (
    SELECT leaf, CAST(node AS VARCHAR) AS node, 1 AS place FROM ways
    UNION ALL SELECT leaf, ${literal(total)}, 0 FROM ways
  ) GROUP BY leaf, node
)
SELECT nodes.node AS ${node}, ${keys}CAST(count(*) AS INTEGER) AS leaves, ${values.map(sum).join(", ")}
FROM ${from} AS data JOIN nodes ON data.${node} IS NOT DISTINCT FROM nodes.leaf
GROUP BY nodes.node, place${by.map((name) => `, ${identifier(name)}`).join("")}
ORDER BY place, nodes.node NULLS LAST${by.map((name) => `, ${identifier(name)} NULLS LAST`).join("")}`;
}
