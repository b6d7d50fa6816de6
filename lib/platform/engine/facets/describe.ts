// DESCRIBE: a row of statistics for each column.
import {exactMean, sortedSpread} from "../exact-sum.js";
import {identifier, literal} from "../../../tabular/quote.js";
import {partsOf} from "../../../tabular/columns.js";
import {only, type Step} from "../step.js";
import {type Column, columnsOf, isMissing, kindOf} from "../table.js";

/** What one statement looks at: it holds all values in memory several times, and each thread 2,048 rows of all columns. */
const most = {values: 2_000_000, columns: 250};

/** The result's columns, the first only to order its rows by. */
const types = {
  position: "INTEGER",
  column_name: "VARCHAR",
  count: "HUGEINT",
  missing: "HUGEINT",
  unique: "BIGINT",
  mean: "DOUBLE",
  std: "DOUBLE",
  min: "DOUBLE",
  "25%": "DOUBLE",
  "50%": "DOUBLE",
  "75%": "DOUBLE",
  max: "DOUBLE",
  earliest: "TIMESTAMP",
  latest: "TIMESTAMP",
  most_frequent: "VARCHAR"
};

export async function describe(step: Step): Promise<string> {
  const {database, scratch} = step;
  const table = await step.store(only(step));
  const columns = columnsOf(table, step.args.texts("target_columns")).map((column, position) => ({
    ...column,
    position
  }));
  const rows = Number((await database.rows(`SELECT count(*) FROM ${identifier(table.name)}`))[0]![0]);
  const size = Math.max(1, Math.min(most.columns, Math.floor(most.values / Math.max(1, rows))));
  const created = Object.entries(types).map(([name, type]) => `${identifier(name)} ${type}`);
  await database.run(`CREATE TEMP TABLE ${scratch} (${created.join(", ")})`);
  for (const type of new Set(columns.map(({type}) => type))) {
    for (const some of partsOf(
      columns.filter((column) => column.type === type),
      size
    ))
      await database.run(`INSERT INTO ${scratch} BY NAME ${statistics(some, type, table.name)}`);
  }
  return `SELECT * EXCLUDE (position) FROM ${scratch} ORDER BY position`;
}

/** Of columns of one type: their values are put one below the other, since a query for each column would read about all of them. */
function statistics(columns: (Column & {position: number})[], type: string, from: string): string {
  const kind = kindOf(type);
  const missing = isMissing({name: "x", type});
  const values: Partial<typeof types> = {
    count: `count_if(NOT ${missing})`,
    missing: `count_if(${missing})`,
    unique: "count(DISTINCT x)",
    ...(kind === "number" && {
      mean: exactMean("x::DOUBLE"),
      std: sortedSpread("stddev_samp", "x"),
      min: "min(x)",
      "25%": "quantile_cont(x, 0.25)",
      "50%": "quantile_cont(x, 0.5)",
      "75%": "quantile_cont(x, 0.75)",
      max: "max(x)"
    }),
    ...(kind === "time" && {earliest: "min(x)", latest: "max(x)"}),
    ...(kind === "text" && {most_frequent: "mode(nullif(x, '') ORDER BY x)"})
  };
  const names = Object.keys(values);
  const select = Object.entries(values).map(([name, sql]) => `${sql} AS ${identifier(name)}`);
  const positions = columns.map(({position}) => position).join(", ");
  // A table without rows has no groups.
  const found = names.map((name) =>
    ["count", "missing", "unique"].includes(name)
      ? `coalesce(${identifier(name)}, 0) AS ${identifier(name)}`
      : identifier(name)
  );
  return (
    `SELECT position, column_name, ${found.join(", ")} FROM (` +
    `SELECT unnest([${positions}]) AS position, ` +
    `unnest([${columns.map(({name}) => literal(name)).join(", ")}]) AS column_name) LEFT JOIN (` +
    `SELECT position, ${select.join(", ")} FROM (` +
    `SELECT unnest([${positions}]) AS position, ` +
    `unnest([${columns.map(({name}) => identifier(name)).join(", ")}]) AS x FROM ${identifier(from)}` +
    `) GROUP BY position) USING (position)`
  );
}
