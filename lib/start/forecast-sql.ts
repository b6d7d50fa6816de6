// The queries of a dataset of forecasts: whatever its columns are called, pages find time, series, version, actual, forecast and so on.
import {identifier, identifiers, literal} from "../tabular/quote.js";
import type {ForecastShape} from "./shape.js";

/** What stands for a series or version where the dataset has no column of them. */
const [onlySeries, onlyVersion] = ["All", "forecast"];

/** Its rows, with the names that the pages use. */
export function rowsSql(shape: ForecastShape): string {
  const number = (name: string | undefined, as: string) =>
    name === undefined ? [] : [`${identifier(name)}::DOUBLE AS ${as}`];
  return [
    "SELECT",
    [
      `${identifier(shape.time)}::TIMESTAMP AS time`,
      `${seriesName(shape.series)} AS series`,
      `${shape.version === undefined ? literal(onlyVersion) : `${identifier(shape.version)}::VARCHAR`} AS version`,
      ...number(shape.actual, "actual"),
      ...number(shape.forecast, "forecast"),
      ...number(shape.lower, "lower"),
      ...number(shape.upper, "upper"),
      ...(shape.origin === undefined ? [] : [`${identifier(shape.origin)}::TIMESTAMP AS origin`]),
      ...number(shape.horizon, "horizon")
    ]
      .map((column) => `  ${column}`)
      .join(",\n"),
    "FROM dataset"
  ].join("\n");
}

function seriesName(columns: readonly string[]): string {
  if (columns.length === 0) return literal(onlySeries);
  const name =
    columns.length === 1
      ? `${identifier(columns[0]!)}::VARCHAR`
      : `concat_ws(' · ', ${identifiers(columns)})`;
  return `coalesce(nullif(${name}, ''), '(none)')`;
}

/** The rows that the first chart of the page is drawn from: those of the first series. */
export const firstSql = (shape: ForecastShape): string =>
  `WITH forecasts AS (\n${rowsSql(shape)}\n),\n${newestOf(shape, "(SELECT min(series) FROM forecasts)")}`;

/** A row for each series with what describes it: in each column the value that all its rows have; none where they differ. */
export const describedSql = (shape: ForecastShape): string =>
  [
    `SELECT ${seriesName(shape.series)} AS series,`,
    shape.facets
      .map(
        (name) =>
          `  CASE WHEN count(DISTINCT ${identifier(name)}) = 1 THEN min(${identifier(name)})::VARCHAR END AS ${identifier(name)}`
      )
      .join(",\n"),
    "FROM dataset GROUP BY ALL ORDER BY series"
  ].join("\n");

/** Of the table `forecasts`, as {@link rowsSql} gives it, the same rows of one series, which is the query's parameter. */
export const seriesSql = (shape: ForecastShape): string => `WITH ${newestOf(shape, "?")}`;

/** The forecasts of a series that were made last, and the actual values before them. */
function newestOf({origin}: ForecastShape, series: string): string {
  const chosen = `chosen AS (SELECT * FROM forecasts WHERE series = ${series})`;
  if (origin === undefined) return `${chosen}\nSELECT * FROM chosen ORDER BY time`;
  return [
    `${chosen},`,
    "newest AS (SELECT * FROM chosen WHERE origin = (SELECT max(origin) FROM chosen))",
    "SELECT * FROM newest",
    "UNION ALL BY NAME",
    "SELECT time, series, max(actual) AS actual FROM chosen",
    "WHERE actual IS NOT NULL AND time < (SELECT min(time) FROM newest)",
    "GROUP BY time, series ORDER BY time"
  ].join("\n");
}

/**
 * The measures, and how many forecasts there are, by version, by version and series, and by version and horizon; what a row isn't grouped by is null. Pages find the series
 * and versions here, too. The formulas are those of `ikigai-kit/metrics`, short enough to be read in a config.
 */
export function accuracySql(shape: ForecastShape): string {
  const horizon = shape.horizon === undefined ? [] : ["horizon"];
  const groups = [["version"], ["version", "series"], ...horizon.map((by) => ["version", by])];
  return [
    `WITH forecasts AS (\n${rowsSql(shape)}\n)`,
    `SELECT ${["version", "series", ...horizon].join(", ")},`,
    "  sum(abs(actual - forecast)) / nullif(sum(abs(actual)) FILTER (WHERE forecast IS NOT NULL), 0) AS wape,",
    "  avg(abs(actual - forecast)) AS mae,",
    "  avg(forecast - actual) AS bias,",
    "  count(forecast) AS forecasts",
    "FROM forecasts",
    `GROUP BY GROUPING SETS (${groups.map((by) => `(${by.join(", ")})`).join(", ")})`,
    "ORDER BY ALL"
  ].join("\n");
}
