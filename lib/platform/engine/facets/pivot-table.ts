// PIVOT_TABLE: a column of values for each value of another column.
import {across} from "../across.js";
import {aggregate} from "../aggregate.js";
import {only, type Step} from "../step.js";
import {columnOf, columnsOf} from "../table.js";

export async function pivotTable(step: Step): Promise<string> {
  const {args} = step;
  const table = only(step);
  const value = columnOf(table, args.text("value_column"));
  return across(step, table, {
    keys: columnsOf(table, args.texts("index_columns")),
    across: columnOf(table, args.text("column_name")),
    value,
    aggregate: (row) => aggregate(args.text("function"), value, {row})
  });
}
