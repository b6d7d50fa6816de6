// The order of a large dataset that has none in the config: series by series, each in the order of time.
import type {DuckDBConnection} from "@duckdb/node-api";
import {identifier} from "../lib/tabular/quote.js";
import {usualRowGroup} from "../lib/tabular/parquet.js";
import type {Staged} from "./dataset.js";

/** A category has at least so many rows on average, else it is no series but a row's own name. */
const rowsOfSeries = 10;

/** What describes a dataset's series. */
type Described = Pick<Staged, "rows" | "columns" | "dataTypes">;

function columnsOf({columns, dataTypes}: Described) {
  const names = Object.keys(columns);
  return {
    categories: names.filter((name) => dataTypes[name] === "CATEGORICAL"),
    times: names.filter((name) => dataTypes[name] === "TIME" && columns[name] !== "VARCHAR")
  };
}

/**
 * Whether `seriesOrder` may find some. Where all rows are in one row group their order makes no difference to what a page reads, so
 * they stay as they are.
 */
export function mayHaveSeries(dataset: Described): boolean {
  const {categories, times} = columnsOf(dataset);
  const isLarge = dataset.rows > usualRowGroup(Object.keys(dataset.columns).length);
  return isLarge && categories.length > 0 && times.length > 0;
}

/**
 * The columns to sort by: those that the platform calls CATEGORICAL, the one with most values first, so that one series is one piece
 * of the file; then those that it calls TIME. Undefined where no category has rows enough for series.
 * @param source the dataset's rows, as SQL that may follow FROM
 */
export async function seriesOrder(
  connection: DuckDBConnection,
  source: string,
  dataset: Described
): Promise<string[] | undefined> {
  const {categories, times} = columnsOf(dataset);
  const counts = categories.map((name) => `approx_count_distinct(${identifier(name)})`);
  const [row] = (await connection.runAndReadAll(`SELECT ${counts.join(", ")} FROM ${source}`)).getRows();
  const series = categories
    .map((name, i) => ({name, values: Number(row![i])}))
    .filter(({values}) => values > 1 && values <= dataset.rows / rowsOfSeries)
    .sort((a, b) => b.values - a.values)
    .map(({name}) => name);
  return series.length > 0 ? [...series, ...times] : undefined;
}
