// CONVERT: columns as another type; a value that isn't of it becomes missing.
import {identifier, literal} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {type Column, columnOf, columnsOf, kindOf} from "../table.js";

export function convert(step: Step): string {
  const table = only(step);
  const wanted = step.args.maps("columns");
  columnsOf(
    table,
    wanted.map((map) => map.text("column_name"))
  );
  const converted = new Map(
    wanted.map((map) => {
      const column = columnOf(table, map.text("column_name"));
      return [column.name, conversion(column, map.text("data_type"), map.optionalText("time_format"))];
    })
  );
  const columns = table.columns.map(({name}) => {
    const sql = converted.get(name);
    return sql ? `${sql} AS ${identifier(name)}` : identifier(name);
  });
  return `SELECT ${columns.join(", ")} FROM ${identifier(table.name)}`;
}

/** `format` is written as by strptime, such as `%d/%m/%Y`; without one, times are ISO 8601. */
function conversion({name, type}: Column, dataType: string, format?: string): string {
  const column = identifier(name);
  const kind = kindOf(type);
  switch (dataType) {
    case "NUMERIC":
      if (kind === "number") return column;
      return kind === "time" ? `epoch(${column}::TIMESTAMP)` : `TRY_CAST(trim(${column}::VARCHAR) AS DOUBLE)`;
    case "TIME":
      if (kind === "time") return column;
      return format
        ? `try_strptime(${column}::VARCHAR, ${literal(format)})`
        : `TRY_CAST(trim(${column}::VARCHAR) AS TIMESTAMP)`;
    default:
      return `${column}::VARCHAR`;
  }
}
