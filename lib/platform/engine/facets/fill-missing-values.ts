// FILL_MISSING_VALUES: puts a value where there is none: a given one, a neighbour's, or one of the whole column or group.
import {exactMean} from "../exact-sum.js";
import {FacetError} from "../failure.js";
import {identifier} from "../../../tabular/quote.js";
import {rowOrder} from "../row-order.js";
import {only, type Step} from "../step.js";
import {asNumber, type Column, columnsOf, isMissing, isWhole, kindOf, namedColumns} from "../table.js";
import {valueOf} from "../value.js";

export async function fillMissingValues(step: Step): Promise<string> {
  const {args} = step;
  const table = only(step);
  const method = args.text("method");
  const named = args.texts("target_columns").length > 0;
  const groups = namedColumns(table, args.texts("group_columns"));
  const targets = new Set(
    columnsOf(table, args.texts("target_columns"))
      // Without names it is every column that the method makes sense for.
      .filter((column) => named || (fits(column, method) && !groups.includes(column)))
      .map(({name}) => name)
  );
  const {from, row} = await rowOrder(step, table);
  const partition =
    groups.length > 0 ? `PARTITION BY ${groups.map(({name}) => identifier(name)).join(", ")}` : "";
  const filled = table.columns.map((column) => {
    const name = identifier(column.name);
    if (!targets.has(column.name)) return name;
    const fill = fillOf(method, column, args.optionalValue("value"), partition, row);
    return `CASE WHEN ${isMissing(column)} THEN ${fill} ELSE ${name} END AS ${name}`;
  });
  return `SELECT ${filled.join(", ")} FROM ${from} ORDER BY ${row}`;
}

const ofNumbers = new Set(["mean", "median", "zero"]);
const fits = ({type}: Column, method: string) => !ofNumbers.has(method) || kindOf(type) === "number";

function fillOf(
  method: string,
  column: Column,
  value: string | undefined,
  partition: string,
  row: string
): string {
  const name = identifier(column.name);
  const present = kindOf(column.type) === "text" ? `nullif(${name}, '')` : name;
  switch (method) {
    case "value":
      if (value === undefined)
        throw new FacetError("argument 'value' is missing: say what to fill in, or choose another 'method'");
      return valueOf(value, column);
    case "zero":
      return asNumber(column) && "0";
    case "forward_fill":
      return `last_value(${present} IGNORE NULLS) OVER (${partition} ORDER BY ${row} ROWS UNBOUNDED PRECEDING)`;
    case "backward_fill":
      return `first_value(${present} IGNORE NULLS) OVER (${partition} ORDER BY ${row} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)`;
    case "mean":
    case "median": {
      const over = ` OVER (${partition})`;
      const number = asNumber(column);
      const middle = method === "mean" ? exactMean(`${number}::DOUBLE`, over) : `median(${number})${over}`;
      // A column of whole numbers takes fractions only if it becomes another column.
      return isWhole(column.type) ? `round(${middle})::${column.type}` : middle;
    }
    case "mode":
      return `mode(${present} ORDER BY ${present}) OVER (${partition})`;
    default:
      return `${method}(${present}) OVER (${partition})`;
  }
}
