// A CSV of receipts like those that shops write: text that repeats, dates, numbers with gaps, notes with quotes and commas.
import {DuckDBInstance} from "@duckdb/node-api";
import type {SeedApp} from "../lib/platform/index.js";

export const salesTypes: SeedApp["datasets"][number]["dataTypes"] = {
  store: {data_type: "CATEGORICAL", data_formats: {}},
  sector: {data_type: "CATEGORICAL", data_formats: {}},
  day: {data_type: "TIME", data_formats: {}},
  units: {data_type: "NUMERIC", data_formats: {numeric_format: "INTEGER"}},
  revenue: {data_type: "NUMERIC", data_formats: {}},
  margin: {data_type: "NUMERIC", data_formats: {}},
  receipt: {data_type: "NUMERIC", data_formats: {numeric_format: "INTEGER"}},
  note: {data_type: "TEXT", data_formats: {}}
};

/** Writes so many rows, the same ones each time, about 67 bytes each. */
export async function makeSalesCsv(rows: number, path: string): Promise<void> {
  const instance = await DuckDBInstance.create();
  try {
    const connection = await instance.connect();
    await connection.run(
      `COPY (
        SELECT 'Store ' || (i % 250 + 1) AS store,
          ['Grocery', 'Apparel', 'Home, garden', 'Electronics', '"Other"'][(hash(i * 3) % 5 + 1)::INTEGER] AS sector,
          DATE '2015-01-01' + (i // 2500 % 3650)::INTEGER AS day,
          (hash(i) % 500)::INTEGER AS units,
          round((hash(i * 7) % 100000) / 100.0, 2) AS revenue,
          CASE WHEN hash(i * 11) % 20 > 0 THEN round((hash(i * 13) % 1000000) / 1e6, 4) END AS margin,
          i AS receipt,
          ['said "fine", paid', '', 'no note', 'no note'][(hash(i * 17) % 4 + 1)::INTEGER] AS note
        FROM range(${rows}) t(i)
      ) TO '${path.replaceAll("'", "''")}' (FORMAT csv, HEADER)`
    );
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}
