// ADD_PRIMARY_KEY: numbers the rows from 1, in a first column.
import {identifier, identifiers} from "../../../tabular/quote.js";
import {rowOrder} from "../row-order.js";
import {only, type Step} from "../step.js";
import {columnNames, refuseTaken} from "../table.js";

export async function addPrimaryKey(step: Step): Promise<string> {
  const name = step.args.text("output_column_name");
  const table = only(step);
  refuseTaken(table.columns, [name]);
  const {from, row} = await rowOrder(step, table);
  return `SELECT ${row} + 1 AS ${identifier(name)}, ${identifiers(columnNames(table))} FROM ${from} ORDER BY ${row}`;
}
