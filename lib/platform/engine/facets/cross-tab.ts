// CROSS_TAB: how often values of one column meet values of others, a column of counts for each.
import {across} from "../across.js";
import {identifier} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {columnOf, columnsOf} from "../table.js";

export async function crossTab(step: Step): Promise<string> {
  const {args} = step;
  const table = only(step);
  const counted = columnOf(table, args.text("column_name"));
  return across(step, table, {
    keys: columnsOf(table, args.texts("row_columns")),
    across: counted,
    value: counted,
    aggregate: () => `count(${identifier(counted.name)})`
  });
}
