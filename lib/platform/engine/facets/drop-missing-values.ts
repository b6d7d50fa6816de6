// DROP_MISSING_VALUES: the rows with no value missing, or with at least one there.
import {identifier} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {columnsOf, isMissing} from "../table.js";

export function dropMissingValues(step: Step): string {
  const {args} = step;
  const table = only(step);
  const missing = columnsOf(table, args.texts("target_columns")).map(isMissing);
  const dropped = missing.join(args.text("how") === "all" ? " AND " : " OR ");
  return `FROM ${identifier(table.name)} WHERE NOT (${dropped})`;
}
