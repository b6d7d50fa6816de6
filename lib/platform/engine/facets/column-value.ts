// COLUMN_VALUE: keeps, or drops, the left table's rows whose value the right table's column holds too.
import {identifier} from "../quote.js";
import {sides, type Step} from "../step.js";
import {columnOf} from "../table.js";

export function columnValue(step: Step): string {
  const {args} = step;
  const [left, right] = sides(step, "left", "right");
  const own = identifier(columnOf(left, args.text("left_column")).name);
  const other = identifier(columnOf(right, args.text("right_column")).name);
  const not = args.text("option") === "drop" ? "NOT " : "";
  return (
    `FROM ${identifier(left.name)} AS l WHERE ${not}EXISTS (` +
    `FROM ${identifier(right.name)} AS r WHERE r.${other}::VARCHAR = l.${own}::VARCHAR)`
  );
}
