// FILTER_BY_TIME: the rows from one moment to another, both included.
import {FacetError} from "../failure.js";
import {identifier} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {asTime, columnOf} from "../table.js";
import {valueOf} from "../value.js";

/** An end without a time of day is the whole of that day. */
export function filterByTime(step: Step): string {
  const {args} = step;
  const table = only(step);
  const column = columnOf(table, args.text("time_column"));
  const time = asTime(column);
  const [start, end] = [args.optionalText("start_time"), args.optionalText("end_time")];
  if (!start && !end) throw new FacetError("there is no span: give 'start_time', 'end_time' or both");
  const moment = (text: string) => valueOf(text, {...column, type: "TIMESTAMP"});
  const conditions = [
    ...(start ? [`${time} >= ${moment(start)}`] : []),
    ...(end
      ? [
          /^\d{4}-\d{2}-\d{2}$/.test(end.trim())
            ? `${time} < ${moment(end)} + INTERVAL 1 DAY`
            : `${time} <= ${moment(end)}`
        ]
      : [])
  ];
  return `FROM ${identifier(table.name)} WHERE ${conditions.join(" AND ")}`;
}
