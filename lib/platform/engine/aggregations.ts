// The argument `aggregations`, as the columns of a SELECT.
import {aggregate, needsOrder} from "./aggregate.js";
import {identifier} from "../../tabular/quote.js";
import {rowOrder} from "./row-order.js";
import type {Step} from "./step.js";
import {type Column, columnOf, refuseTaken, type Table} from "./table.js";

/**
 * SQL of one output column an aggregation, called `<column>_<function>` unless the user says otherwise, and what to read
 * them from: only `first` and `last` need the table stored.
 */
export async function aggregations(
  step: Step,
  table: Table,
  groups: Column[]
): Promise<{from: string; values: string[]}> {
  const wanted = step.args.maps("aggregations").map((map) => {
    const column = columnOf(table, map.text("column_name"));
    const name = map.text("function");
    return {column, name, output: map.optionalText("output_column_name") ?? `${column.name}_${name}`};
  });
  refuseTaken(
    groups,
    wanted.map(({output}) => output)
  );
  const ordered = wanted.some(({name}) => needsOrder(name));
  const {from, row} = ordered ? await rowOrder(step, table) : {from: identifier(table.name), row: ""};
  return {
    from,
    values: wanted.map(
      ({column, name, output}) => `${aggregate(name, column, {row})} AS ${identifier(output)}`
    )
  };
}
