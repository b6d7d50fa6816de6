// PIVOT_TABLE: a column of values for each value of another column.
import {aggregate} from "../aggregate.js";
import {identifier, identifiers} from "../../../tabular/quote.js";
import {rowOrder} from "../row-order.js";
import {only, type Step} from "../step.js";
import {columnOf, columnsOf} from "../table.js";
import {valueColumns} from "../value-columns.js";

export async function pivotTable(step: Step): Promise<string> {
  const {args} = step;
  const table = only(step);
  const index = columnsOf(table, args.texts("index_columns"));
  const across = columnOf(table, args.text("column_name"));
  const value = columnOf(table, args.text("value_column"));
  const keys = identifiers(index.map(({name}) => name));
  const columns = await valueColumns(step, table, across, index);
  const {from, row} = await rowOrder(step, table);
  const values = columns.map(
    ({when, name}) => `${aggregate(args.text("function"), value, {row, when})} AS ${identifier(name)}`
  );
  return `SELECT ${[keys, ...values].join(", ")} FROM ${from} GROUP BY ${keys} ORDER BY ${keys}`;
}
