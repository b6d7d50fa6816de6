// DESCRIBE: a row of statistics for each column.
import {exactMean, sortedSpread} from "../exact-sum.js";
import {identifier, literal} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {type Column, columnsOf, isMissing, kindOf} from "../table.js";

export async function describe(step: Step): Promise<string> {
  const table = only(step);
  const columns = columnsOf(table, step.args.texts("target_columns"));
  // Each column is read by a query of its own.
  await step.store(table);
  return columns.map((column) => statistics(column, table.name)).join(" UNION ALL ");
}

function statistics(column: Column, from: string): string {
  const name = identifier(column.name);
  const kind = kindOf(column.type);
  const ifNumber = (sql: string) => (kind === "number" ? `(${sql})::DOUBLE` : "NULL::DOUBLE");
  const ifTime = (sql: string) => (kind === "time" ? `(${sql})::TIMESTAMP` : "NULL::TIMESTAMP");
  const values = {
    column_name: literal(column.name),
    count: `count_if(NOT ${isMissing(column)})`,
    missing: `count_if(${isMissing(column)})`,
    unique: `count(DISTINCT ${name})`,
    mean: ifNumber(exactMean(`${name}::DOUBLE`)),
    std: ifNumber(sortedSpread("stddev_samp", name)),
    min: ifNumber(`min(${name})`),
    "25%": ifNumber(`quantile_cont(${name}, 0.25)`),
    "50%": ifNumber(`quantile_cont(${name}, 0.5)`),
    "75%": ifNumber(`quantile_cont(${name}, 0.75)`),
    max: ifNumber(`max(${name})`),
    earliest: ifTime(`min(${name})`),
    latest: ifTime(`max(${name})`),
    most_frequent: kind === "text" ? `mode(nullif(${name}, '') ORDER BY ${name})` : "NULL::VARCHAR"
  };
  const select = Object.entries(values).map(([label, sql]) => `${sql} AS ${identifier(label)}`);
  return `SELECT ${select.join(", ")} FROM ${identifier(from)}`;
}
