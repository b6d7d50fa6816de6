// ADD_CURRENT_TIME: a column with the moment of the run, in UTC.
import {identifier, literal} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {refuseTaken} from "../table.js";

export function addCurrentTime(step: Step): string {
  const table = only(step);
  const name = step.args.text("output_column_name");
  refuseTaken(table.columns, [name]);
  const now = (step.options.now ?? new Date()).toISOString().slice(0, 19).replace("T", " ");
  return `SELECT *, TIMESTAMP ${literal(now)} AS ${identifier(name)} FROM ${identifier(table.name)}`;
}
