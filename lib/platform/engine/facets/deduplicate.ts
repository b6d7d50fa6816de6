// DEDUPLICATE: of rows that are alike in the named columns (or all), the first or the last.
import {identifier, identifiers} from "../../../tabular/quote.js";
import {rowOrder} from "../row-order.js";
import {only, type Step} from "../step.js";
import {columnNames, columnsOf} from "../table.js";

export async function deduplicate(step: Step): Promise<string> {
  const {args} = step;
  const table = only(step);
  const alike = columnsOf(table, args.texts("target_columns")).map(({name}) => identifier(name));
  const {from, row} = await rowOrder(step, table);
  const kept = args.text("keep") === "last" ? `max(${row})` : `min(${row})`;
  return (
    `SELECT ${identifiers(columnNames(table))} FROM ${from} ` +
    `WHERE ${row} IN (SELECT ${kept} FROM ${from} GROUP BY ${alike.join(", ")}) ORDER BY ${row}`
  );
}
