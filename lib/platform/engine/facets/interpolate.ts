// INTERPOLATE: fills gaps between known numbers; before the first and after the last one nothing is known.
import {identifier} from "../../../tabular/quote.js";
import {rowOrder} from "../row-order.js";
import {only, type Step} from "../step.js";
import {asNumber, asTime, type Column, columnOf, columnsOf, kindOf, namedColumns} from "../table.js";

/** Along `order_column`, a number or a time, or along the rows as they stand. */
export async function interpolate(step: Step): Promise<string> {
  const {args} = step;
  const table = only(step);
  const targets = columnsOf(table, args.texts("target_columns"));
  const groups = namedColumns(table, args.texts("group_columns"));
  const {from, row} = await rowOrder(step, table);
  const along = args.optionalText("order_column");
  const position = along ? positionOf(columnOf(table, along)) : `${row}::DOUBLE`;
  const partition =
    groups.length > 0 ? `PARTITION BY ${groups.map(({name}) => identifier(name)).join(", ")}` : "";
  const columns = table.columns.map((column) => {
    const name = identifier(column.name);
    if (!targets.includes(column)) return name;
    const filled = between(
      args.text("method"),
      asNumber(column),
      position,
      `${partition} ORDER BY ${position}, ${row}`
    );
    return `${filled} AS ${name}`;
  });
  return `SELECT ${columns.join(", ")} FROM ${from} ORDER BY ${row}`;
}

const positionOf = (column: Column) =>
  kindOf(column.type) === "number" ? `${asNumber(column)}::DOUBLE` : `epoch(${asTime(column)}::TIMESTAMP)`;

function between(method: string, value: string, position: string, window: string): string {
  const known = `CASE WHEN ${value} IS NOT NULL THEN ${position} END`;
  const before = (what: string) =>
    `last_value(${what} IGNORE NULLS) OVER (${window} ROWS UNBOUNDED PRECEDING)`;
  const after = (what: string) =>
    `first_value(${what} IGNORE NULLS) OVER (${window} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)`;
  const [v0, v1, x0, x1] = [before(value), after(value), before(known), after(known)];
  const inside = `${v0} IS NOT NULL AND ${v1} IS NOT NULL`;
  const filled = {
    linear: `${v0} + (${v1} - ${v0}) * coalesce((${position} - ${x0}) / (${x1} - ${x0}), 0)`,
    previous: v0,
    next: v1,
    nearest: `CASE WHEN ${position} - ${x0} <= ${x1} - ${position} THEN ${v0} ELSE ${v1} END`
  }[method]!;
  return `CASE WHEN ${value} IS NULL AND ${inside} THEN ${filled} ELSE ${value} END`;
}
