// MULTI_INPUT_FORMULA: one column out of several, row by row.
import {identifier} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {asNumber, type Column, columnsOf, refuseTaken} from "../table.js";

/** Missing values are left out, except by `difference`, `product` and `quotient`, which are missing then. */
const formulas: Record<string, (columns: Column[]) => string> = {
  sum: (columns) => `list_sum([${columns.map(asNumber).join(", ")}])`,
  difference: (columns) => columns.map(asNumber).join(" - "),
  product: (columns) => columns.map(asNumber).join(" * "),
  quotient: (columns) => columns.map((column) => `${asNumber(column)}::DOUBLE`).join(" / "),
  mean: (columns) => `list_avg([${columns.map(asNumber).join(", ")}])`,
  min: (columns) => `least(${names(columns)})`,
  max: (columns) => `greatest(${names(columns)})`,
  concatenate: (columns) => `concat(${names(columns)})`,
  first_present: (columns) => `coalesce(${names(columns)})`
};

const names = (columns: Column[]) => columns.map(({name}) => identifier(name)).join(", ");

export function multiInputFormula(step: Step): string {
  const {args} = step;
  const table = only(step);
  const columns = columnsOf(table, args.texts("target_columns"));
  const output = args.text("output_column_name");
  refuseTaken(table.columns, [output]);
  return `SELECT *, ${formulas[args.text("formula")]!(columns)} AS ${identifier(output)} FROM ${identifier(table.name)}`;
}
