// The parts of an entry's rows, by its `partition`.
import type {DuckDBConnection} from "@duckdb/node-api";
import type {DatasetEntry} from "../lib/config/index.js";
import {columnsOf} from "../lib/tabular/columns.js";
import {identifier, literal} from "../lib/tabular/quote.js";
import {LoadError} from "./error.js";
import {partName} from "./part-name.js";
import {requireColumns} from "./unknown-column.js";

type Partition = NonNullable<DatasetEntry["partition"]>;

/** More are more requests than a page should make. */
const mostParts = 200;

/** A part of a table. */
export interface Part {
  /** As in its file's name. */
  part: string;
  /** What its rows have in common, as text; null where they have no value. */
  value: string | null;
  rows: number;
}

const spans = {
  year: (time: string) => `year(${time})::VARCHAR`,
  quarter: (time: string) => `(year(${time}) || '-q' || quarter(${time}))`,
  month: (time: string) => `printf('%d-%02d', year(${time}), month(${time}))`
};

/** The parts of a table or view, in the order of their values. @throws LoadError for a column that can't part it, or too many parts */
export async function partsOf(
  connection: DuckDBConnection,
  relation: string,
  partition: Partition
): Promise<Part[]> {
  await checkColumn(connection, relation, partition);
  const value = valueOf(partition);
  const result = await connection.runAndReadAll(
    `SELECT ${value} AS value, count(*)::DOUBLE FROM ${identifier(relation)} GROUP BY 1 ORDER BY 1 NULLS LAST`
  );
  const rows = result.getRows() as [string | null, number][];
  if (rows.length > mostParts)
    throw new LoadError(
      `partition makes ${rows.length.toLocaleString("en")} parts, and ${mostParts} is the most; name a column with fewer values, ` +
        'or longer spans of a time, such as {by: "day", every: "year"}'
    );
  return rows.map(([value, count]) => ({part: partName(value), value, rows: count}));
}

/** The rows of a part, as SQL that may follow FROM. */
export const rowsOfPart = (relation: string, partition: Partition, value: string | null): string =>
  `(FROM ${identifier(relation)} WHERE ${valueOf(partition)} ${value === null ? "IS NULL" : `= ${literal(value)}`})`;

/** What the rows of a part have in common, as SQL. */
const valueOf = (partition: Partition): string =>
  typeof partition === "string"
    ? `${identifier(partition)}::VARCHAR`
    : spans[partition.every](identifier(partition.by));

async function checkColumn(
  connection: DuckDBConnection,
  relation: string,
  partition: Partition
): Promise<void> {
  const columns = await columnsOf(connection, relation);
  const names = columns.map(({name}) => name);
  const name = typeof partition === "string" ? partition : partition.by;
  if (typeof partition === "string" && Object.hasOwn(spans, name) && !names.includes(name))
    throw new LoadError(
      `partition names the column "${name}", which doesn't exist; to split by times, write {by: "the time's column", every: "${name}"}`
    );
  requireColumns(typeof partition === "string" ? "partition" : "partition.by", [name], names);
  const type = String(columns.find((column) => column.name === name)!.type);
  if (typeof partition !== "string" && !/^(?:DATE|TIMESTAMP)/.test(type))
    throw new LoadError(
      `partition needs a time for every: "${partition.every}", and the column "${name}" is ${type}; name another, or part by its values: partition: ${JSON.stringify(name)}`
    );
}
