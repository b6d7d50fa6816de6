// COLUMN_VALUE: keeps, or drops, the left table's rows whose value the right table's column holds too.
import {identifier, identifiers} from "../../../tabular/quote.js";
import {rowOrder} from "../row-order.js";
import {sides, type Step} from "../step.js";
import {columnNames, columnOf} from "../table.js";

export async function columnValue(step: Step): Promise<string> {
  const {args} = step;
  const [left, right] = sides(step, "left", "right");
  const own = identifier(columnOf(left, args.text("left_column")).name);
  const other = identifier(columnOf(right, args.text("right_column")).name);
  const not = args.text("option") === "drop" ? "NOT " : "";
  const {from, row} = await rowOrder(step, left);
  return (
    `SELECT ${identifiers(columnNames(left))} FROM ${from} AS l WHERE ${not}EXISTS (` +
    `FROM ${identifier(right.name)} AS r WHERE r.${other}::VARCHAR = l.${own}::VARCHAR) ORDER BY l.${row}`
  );
}
