// SUMMARY: one row a group, with what the aggregations make of it.
import {aggregations} from "../aggregations.js";
import {identifier, identifiers} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {namedColumns} from "../table.js";

export async function summary(step: Step): Promise<string> {
  const {args} = step;
  const table = only(step);
  const groups = namedColumns(table, args.texts("group_columns"));
  const {from, values} = await aggregations(step, table, groups);
  if (groups.length === 0) return `SELECT ${values.join(", ")} FROM ${from}`;
  const keys = identifiers(groups.map(({name}) => name));
  const order = groups.map(({name}) => `${identifier(name)} NULLS LAST`).join(", ");
  return `SELECT ${keys}, ${values.join(", ")} FROM ${from} GROUP BY ${keys} ORDER BY ${order}`;
}
