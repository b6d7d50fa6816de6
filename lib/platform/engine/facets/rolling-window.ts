// ROLLING_WINDOW: for each row, what a function makes of it and the rows before it.
import {aggregate} from "../aggregate.js";
import {FacetError} from "../failure.js";
import {identifier} from "../../../tabular/quote.js";
import {rowOrder} from "../row-order.js";
import {only, type Step} from "../step.js";
import {asTime, columnOf, columnsOf, namedColumns, refuseTaken} from "../table.js";

/** Where fewer than `minimum_periods` values are in the window (all of it, by default), the result is missing. */
export async function rollingWindow(step: Step): Promise<string> {
  const {args} = step;
  const table = only(step);
  const size = args.count("window");
  const least = args.optionalNumber("minimum_periods") ?? size;
  if (!Number.isInteger(least) || least < 1 || least > size) {
    throw new FacetError(
      `argument 'minimum_periods' is ${least}: give a whole number from 1 to 'window', which is ${size}`
    );
  }
  const targets = columnsOf(table, args.texts("target_columns"));
  const name = args.text("function");
  const outputs = targets.map((target) => `${target.name}_${name}_${size}`);
  refuseTaken(table.columns, outputs);
  const groups = namedColumns(table, args.texts("group_columns"));
  const partition =
    groups.length > 0 ? `PARTITION BY ${groups.map((group) => identifier(group.name)).join(", ")}` : "";
  const {from, row} = await rowOrder(step, table);
  const over = `${partition} ORDER BY ${asTime(columnOf(table, args.text("time_column")))}, ${row} ROWS ${size - 1} PRECEDING`;
  const columns = targets.map((target, i) => {
    const values = `count(${identifier(target.name)}) OVER (${over})`;
    return `CASE WHEN ${values} >= ${least} THEN ${aggregate(name, target, {over})} END AS ${identifier(outputs[i]!)}`;
  });
  return `SELECT ${table.columns.map((column) => identifier(column.name)).join(", ")}, ${columns.join(", ")} FROM ${from} ORDER BY ${row}`;
}
