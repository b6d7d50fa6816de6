// A table with a column for each value of another's column, for facets that turn rows into columns.
import {FacetError} from "./failure.js";
import {freshName} from "./fresh-name.js";
import {identifier, identifiers, literal} from "../../tabular/quote.js";
import {rowOrder} from "./row-order.js";
import type {Step} from "./step.js";
import {type Column, refuseTaken, type Table} from "./table.js";

/** More than anybody can look at, and far fewer than would choke the database. */
const maxColumns = 1000;

interface Across {
  /** The result has a row for each of their values, in order. */
  keys: Column[];
  /** It has a column for each value of this one, in order. Missing values make no column. */
  across: Column;
  /** What is aggregated. */
  value: Column;
  /** An aggregate of `value`, as SQL; `row` numbers the rows. It is also asked for where there are no rows, of a missing value. */
  aggregate: (row: string) => string;
}

/**
 * SQL of the table. It aggregates rows that say which column they are for, and takes the columns apart at the end: DuckDB's memory for
 * an aggregate with a FILTER for each column grows with the square of how many there are. The table is stored, for it is read twice.
 */
export async function across(
  step: Step,
  table: Table,
  {keys, across, value, aggregate}: Across
): Promise<string> {
  await step.store(table);
  const values = await differentValues(step, table, across);
  const names = values.map((text) => text || "(blank)");
  refuseTaken(keys, names);
  const keyNames = identifiers(keys.map(({name}) => name));
  if (names.length === 0)
    return `SELECT DISTINCT ${keyNames} FROM ${identifier(table.name)} ORDER BY ${keyNames}`;

  const {from, row} = await rowOrder(step, table);
  const fresh = (name: string) => identifier(freshName(name, [value.name]));
  const cell = identifier(value.name);
  const renamed = keys.map(({name}, k) => `t.${identifier(name)} AS ${fresh(`key_${k}`)}`).join(", ");
  const group = keys.map((_, k) => fresh(`key_${k}`)).join(", ");
  const [number, position] = [fresh("number"), fresh("position")];
  const rows =
    `SELECT ${renamed}, numbered.${number}, t.${cell} AS ${cell}, t.${row} AS ${position} FROM ${from} t JOIN (` +
    `SELECT unnest([${values.map(literal).join(", ")}]) AS text, unnest(range(${values.length})) AS ${number}` +
    `) numbered ON t.${identifier(across.name)}::VARCHAR = numbered.text`;
  // Each row of the result has all columns, also those that none of its rows is for.
  const gaps =
    `SELECT *, unnest(range(${values.length})), NULL, NULL FROM ` +
    `(SELECT DISTINCT ${renamed} FROM ${identifier(table.name)} t)`;
  return (
    `SELECT ${[
      ...keys.map(({name}, k) => `${fresh(`key_${k}`)} AS ${identifier(name)}`),
      ...names.map((name, i) => `cells[${i + 1}] AS ${identifier(name)}`)
    ].join(", ")} FROM (` +
    `SELECT ${group}, list(aggregated ORDER BY ${number}) AS cells FROM (` +
    `SELECT ${group}, ${number}, ${aggregate(position)} AS aggregated FROM (${rows} UNION ALL ${gaps}) ` +
    `GROUP BY ${group}, ${number}) GROUP BY ${group}) ORDER BY ${group}`
  );
}

/** The different values of a column, as text, in their order. */
async function differentValues(step: Step, table: Table, column: Column): Promise<string[]> {
  const name = identifier(column.name);
  const values = await step.database.rows(
    `SELECT ${name}::VARCHAR FROM ${identifier(table.name)} WHERE ${name} IS NOT NULL GROUP BY ${name} ` +
      `ORDER BY ${name} LIMIT ${maxColumns + 1}`
  );
  if (values.length > maxColumns) {
    throw new FacetError(
      `column '${column.name}' has more than ${maxColumns} different values, and each would become a column: ` +
        `FILTER the rows or choose another column`
    );
  }
  return values.map(([value]) => value!);
}
