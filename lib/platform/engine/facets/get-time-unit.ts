// GET_TIME_UNIT: a part of a time, such as its year, as a number.
import {identifier, literal} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {asTime, columnOf, refuseTaken} from "../table.js";

/** Weeks are those of ISO 8601; days of the week go from 1, Monday, to 7. */
const parts: Record<string, string> = {day_of_week: "isodow", day_of_year: "doy"};

export function getTimeUnit(step: Step): string {
  const {args} = step;
  const table = only(step);
  const time = asTime(columnOf(table, args.text("target_column")));
  const output = args.text("output_column_name");
  refuseTaken(table.columns, [output]);
  const unit = args.text("unit");
  const part = `date_part(${literal(parts[unit] ?? unit)}, ${time})`;
  return `SELECT *, ${part} AS ${identifier(output)} FROM ${identifier(table.name)}`;
}
