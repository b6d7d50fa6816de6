// Columns made of a column's values, for facets that turn rows into columns.
import {FacetError} from "./failure.js";
import {identifier, literal} from "../../tabular/quote.js";
import type {Step} from "./step.js";
import {type Column, refuseTaken, type Table} from "./table.js";

/** More than anybody can look at, and far fewer than would choke the database. */
const maxColumns = 1000;

/**
 * The different values of a column, in their order, as names of new columns and conditions for the rows that have them.
 * Missing values make no column. The table is stored, for it is read twice.
 */
export async function valueColumns(
  step: Step,
  table: Table,
  column: Column,
  beside: Column[]
): Promise<{name: string; when: string}[]> {
  await step.store(table);
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
  const columns = values.map(([value]) => ({
    name: value! || "(blank)",
    when: `${name}::VARCHAR = ${literal(value!)}`
  }));
  refuseTaken(
    beside,
    columns.map((each) => each.name)
  );
  return columns;
}
