// SUBSTITUTE: replaces values by those that another table pairs them with; values that it doesn't name stay.
import {FacetError} from "../failure.js";
import {identifier} from "../../../tabular/quote.js";
import {freshName} from "../fresh-name.js";
import {rowOrder} from "../row-order.js";
import {sides, type Step} from "../step.js";
import {columnNames, columnOf, kindOf} from "../table.js";

export async function substitute(step: Step): Promise<string> {
  const {args} = step;
  const [left, right] = sides(step, "left", "right");
  const target = columnOf(left, args.text("target_column"));
  const find = identifier(columnOf(right, args.text("find_column")).name);
  const replacement = columnOf(right, args.text("replace_column"));
  const name = identifier(target.name);
  if (kindOf(target.type) !== kindOf(replacement.type)) {
    throw new FacetError(
      `column '${target.name}' is ${target.type} and '${replacement.name}' ${replacement.type}: CONVERT one of them first`
    );
  }
  const l = await rowOrder(step, left);
  const r = await rowOrder(step, right);
  const fresh = identifier(freshName("replacement", columnNames(left)));
  const columns = left.columns.map((column) =>
    column === target ? `coalesce(p.${fresh}, l.${name}) AS ${name}` : `l.${identifier(column.name)}`
  );
  const pairs =
    `SELECT ${find}::VARCHAR AS k, first(${identifier(replacement.name)} ORDER BY ${r.row}) AS ${fresh} ` +
    `FROM ${r.from} WHERE ${find} IS NOT NULL GROUP BY k`;
  return `SELECT ${columns.join(", ")} FROM ${l.from} AS l LEFT JOIN (${pairs}) AS p ON p.k = l.${name}::VARCHAR ORDER BY l.${l.row}`;
}
