// COUNT: how many rows each combination of values has.
import {identifier, identifiers} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {columnsOf, refuseTaken} from "../table.js";

/** Combinations are in order of their values, or, with `sort`, the most frequent ones first. */
export function count(step: Step): string {
  const {args} = step;
  const table = only(step);
  const columns = columnsOf(table, args.texts("target_columns"));
  const output = args.text("output_column_name");
  refuseTaken(columns, [output]);
  const keys = identifiers(columns.map(({name}) => name));
  const order = columns.map(({name}) => `${identifier(name)} NULLS LAST`).join(", ");
  return (
    `SELECT ${keys}, count(*) AS ${identifier(output)} FROM ${identifier(table.name)} GROUP BY ${keys} ` +
    `ORDER BY ${args.flag("sort") ? "count(*) DESC, " : ""}${order}`
  );
}
