// All contents that are kept of a dataset as one table, whose first column says when each was pulled.
import type {DuckDBConnection} from "@duckdb/node-api";
import {identifier, literal} from "../lib/tabular/quote.js";
import {commonType} from "./common-type.js";
import type {Edition} from "./history.js";
import {ascending} from "./row-order.js";

/** What is needed of a content. */
type Content = Pick<Edition, "path" | "pulledAt">;

/** A column in each of the contents that have it. */
interface History {
  name: string;
  /** Its name and type in each content, by the content's place; undefined where it has none. */
  columns: ({name: string; type: string} | undefined)[];
}

/**
 * Makes the contents the view `result`, oldest first: a column `edition`, a TIMESTAMP in UTC, then the newest content's columns, then
 * those that only older ones have. A content without a column has NULL there.
 * @param sort the columns that the rows of each content are sorted by, as far as it has them
 * @returns a sentence for each column that was of several types, or is called `edition` itself
 */
export async function editionsRelation(
  connection: DuckDBConnection,
  contents: readonly Content[],
  sort: readonly string[] = []
): Promise<string[]> {
  const warnings: string[] = [];
  const histories = await columnHistories(connection, contents);
  const taken = new Set(histories.map(({name}) => name.toLowerCase()));
  const selects = contents.map(({pulledAt}) => [
    `TIMESTAMP ${literal(pulledAt.replace("T", " ").replace("Z", ""))} AS edition`
  ]);
  for (const {name, columns} of histories) {
    const as = name.toLowerCase() === "edition" ? freeName(name, taken) : name;
    if (as !== name) warnings.push(`the dataset's own column "${name}" is called "${as}" here`);
    const types = await typesOf(connection, contents, columns);
    const type = commonType(types.map(({type}) => type));
    if (!type.isSameKind) {
      const changes = types.filter((one, i) => one.type !== types[i - 1]?.type);
      const told = changes.map(({type, pulledAt}) => `${type} in the edition of ${pulledAt}`).join(", ");
      warnings.push(`column "${as}" is ${type.sql} in all editions, as its type changed: ${told}`);
    }
    for (const [i, column] of columns.entries())
      selects[i]!.push(`${column ? identifier(column.name) : "NULL"}::${type.sql} AS ${identifier(as)}`);
  }
  const all = contents.map(
    ({path}, i) => `SELECT ${selects[i]!.join(", ")} FROM ${ordered(path, sort, histories, i)}`
  );
  await connection.run(`CREATE VIEW result AS ${all.join(" UNION ALL ")}`);
  return warnings;
}

/** The rows of a content, as SQL that may follow FROM: what was kept before the entry had its `sort` isn't in that order. */
function ordered(path: string, sort: readonly string[], histories: readonly History[], i: number): string {
  const file = `read_parquet(${literal(path)})`;
  const present = sort.flatMap((name) => histories.find((one) => one.name === name)?.columns[i]?.name ?? []);
  return present.length === 0
    ? file
    : `(SELECT * FROM ${file} ORDER BY ${ascending(present)}, file_row_number)`;
}

/** A name that no column has, made as pandas makes one. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let i = 1; ; ++i) if (!taken.has(`${name}.${i}`.toLowerCase())) return `${name}.${i}`;
}

/** The columns of all contents, those of the newest first. SQL doesn't tell casings apart, so the newest one's counts. */
async function columnHistories(
  connection: DuckDBConnection,
  contents: readonly Content[]
): Promise<History[]> {
  const histories = new Map<string, History>();
  for (const [i, {path}] of [...contents.entries()].reverse()) {
    const none = await connection.runAndReadAll(`FROM read_parquet(${literal(path)}) LIMIT 0`);
    for (const [j, name] of none.columnNames().entries()) {
      const key = name.toLowerCase();
      const history = histories.get(key) ?? {name, columns: contents.map(() => undefined)};
      histories.set(key, history);
      history.columns[i] = {name, type: String(none.columnType(j))};
    }
  }
  return [...histories.values()];
}

/** A column's types where it has values, with the contents' times; those without a value say nothing unless all are. */
async function typesOf(
  connection: DuckDBConnection,
  contents: readonly Content[],
  columns: History["columns"]
): Promise<{type: string; pulledAt: string}[]> {
  const all = columns.flatMap((column, i) => (column ? [{...column, ...contents[i]!}] : []));
  if (new Set(all.map(({type}) => type)).size === 1) return all;
  const filled = [];
  for (const one of all) {
    const {name, path} = one;
    const [row] = (
      await connection.runAndReadAll(`SELECT count(${identifier(name)}) FROM read_parquet(${literal(path)})`)
    ).getRows();
    if (Number(row![0]) > 0) filled.push(one);
  }
  return filled.length > 0 ? filled : all;
}
