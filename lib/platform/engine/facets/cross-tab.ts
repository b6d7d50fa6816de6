// CROSS_TAB: how often values of one column meet values of others, a column of counts for each.
import {identifier, identifiers} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {columnOf, columnsOf} from "../table.js";
import {valueColumns} from "../value-columns.js";

export async function crossTab(step: Step): Promise<string> {
  const {args} = step;
  const table = only(step);
  const rows = columnsOf(table, args.texts("row_columns"));
  const across = columnOf(table, args.text("column_name"));
  const keys = identifiers(rows.map(({name}) => name));
  const columns = await valueColumns(step, table, across, rows);
  const counts = columns.map(({when, name}) => `count_if(${when}) AS ${identifier(name)}`);
  return `SELECT ${[keys, ...counts].join(", ")} FROM ${identifier(table.name)} GROUP BY ${keys} ORDER BY ${keys}`;
}
