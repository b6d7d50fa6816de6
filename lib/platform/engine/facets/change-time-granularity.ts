// CHANGE_TIME_GRANULARITY: one row a period, such as a month, and group.
import {aggregations} from "../aggregations.js";
import {identifier, literal} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {asTime, type Column, columnOf, namedColumns} from "../table.js";

/** Periods are named by the moment they begin; weeks begin on Mondays. Rows without a time are left out. */
export async function changeTimeGranularity(step: Step): Promise<string> {
  const {args} = step;
  const table = only(step);
  const time = columnOf(table, args.text("time_column"));
  const names = args.texts("group_columns");
  const groups = namedColumns(table, names);
  const {from, values} = await aggregations(step, table, [time, ...groups]);
  const period = periodOf(time, args.text("granularity"));
  const keys = groups.map(({name}) => identifier(name));
  const order = [...keys.map((key) => `${key} NULLS LAST`), period].join(", ");
  return (
    `SELECT ${[...keys, `${period} AS ${identifier(time.name)}`, ...values].join(", ")} FROM ${from} ` +
    `WHERE ${asTime(time)} IS NOT NULL GROUP BY ${[...keys, period].join(", ")} ORDER BY ${order}`
  );
}

const daysOrMore = new Set(["day", "week", "month", "quarter", "year"]);

const periodOf = (time: Column, unit: string) =>
  `date_trunc(${literal(unit)}, ${asTime(time)})${daysOrMore.has(unit) ? "::DATE" : ""}`;
