// ADD_OR_SUBTRACT_TIME: moves times by so many days, months, …; the last day of a month stays within its month.
import {FacetError} from "../failure.js";
import {identifier} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {asTime, columnOf, refuseTaken} from "../table.js";

/** Into a column of its own, or in place. */
export function addOrSubtractTime(step: Step): string {
  const {args} = step;
  const table = only(step);
  const column = columnOf(table, args.text("target_column"));
  const amount = args.number("amount");
  if (!Number.isInteger(amount))
    throw new FacetError(`argument 'amount' is ${amount}: give a whole number, in a finer 'unit' if need be`);
  const sign = args.text("operation") === "subtract" ? "-" : "+";
  const moved = `${asTime(column)} ${sign} INTERVAL (${amount}) ${args.text("unit").toUpperCase()}`;
  const output = args.optionalText("output_column_name");
  if (output) {
    refuseTaken(table.columns, [output]);
    return `SELECT *, ${moved} AS ${identifier(output)} FROM ${identifier(table.name)}`;
  }
  const columns = table.columns.map(({name}) =>
    name === column.name ? `${moved} AS ${identifier(name)}` : identifier(name)
  );
  return `SELECT ${columns.join(", ")} FROM ${identifier(table.name)}`;
}
