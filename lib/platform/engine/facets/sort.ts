// SORT: orders the rows; equal ones keep their order, and missing values come last.
import {identifier, identifiers} from "../../../tabular/quote.js";
import {rowOrder} from "../row-order.js";
import {only, type Step} from "../step.js";
import {columnNames, columnOf} from "../table.js";

export async function sort(step: Step): Promise<string> {
  const table = only(step);
  const keys = step.args.maps("sort_by").map((key) => {
    const column = columnOf(table, key.text("column_name"));
    return `${identifier(column.name)} ${key.text("order") === "descending" ? "DESC" : "ASC"} NULLS LAST`;
  });
  const {from, row} = await rowOrder(step, table);
  return `SELECT ${identifiers(columnNames(table))} FROM ${from} ORDER BY ${[...keys, row].join(", ")}`;
}
