// A CSV of forecasts of many series, as a flow exports it: day by day, so that a series' rows lie far apart.
import {DuckDBInstance} from "@duckdb/node-api";
import type {SeedApp} from "../../lib/platform/index.js";

/** Rows of each series. */
const days = 1_000;

export const bigTypes: SeedApp["datasets"][number]["dataTypes"] = {
  sku: {data_type: "CATEGORICAL", data_formats: {}},
  region: {data_type: "CATEGORICAL", data_formats: {}},
  day: {data_type: "TIME", data_formats: {}},
  version: {data_type: "CATEGORICAL", data_formats: {}},
  horizon: {data_type: "NUMERIC", data_formats: {numeric_format: "INTEGER"}},
  actual: {data_type: "NUMERIC", data_formats: {}},
  forecast: {data_type: "NUMERIC", data_formats: {}}
};

/** The name of a series that is in a table of any size. */
export const someSeries = "SKU-000042";

/** Writes so many rows, the same ones each time, about 50 bytes each. */
export async function makeBigCsv(rows: number, path: string): Promise<void> {
  const series = rows / days;
  const instance = await DuckDBInstance.create();
  try {
    const connection = await instance.connect();
    await connection.run(
      `COPY (
        SELECT 'SKU-' || lpad((i % ${series})::VARCHAR, 6, '0') AS sku, 'Region ' || (i % ${series} % 12 + 1) AS region,
          DATE '2021-01-01' + (i // ${series})::INTEGER AS day, ['ets', 'mstl'][(i % 2 + 1)::INTEGER] AS version,
          (i // ${series} % 28 + 1) AS horizon,
          round(100 + (hash(i) % 50000) / 1000.0, 3) AS actual, round(100 + (hash(i * 7) % 50000) / 1000.0, 3) AS forecast
        FROM range(${rows}) t(i)
      ) TO '${path.replaceAll("'", "''")}' (FORMAT csv, HEADER)`
    );
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}
