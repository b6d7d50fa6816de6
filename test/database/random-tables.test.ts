// Random tables in the page's database: they come back as they went up, or with a warning that names the column.
import fc from "fast-check";
import {beforeAll, it} from "vitest";
import {insertCsv} from "../../lib/database/csv.js";
import type {Engine} from "../../lib/database/engine.js";
import {
  allRows,
  columnNames,
  csvOf,
  expectTable,
  randomTable,
  randomTables,
  randomTablesTimeout
} from "../tabular/random-table.js";
import {openEngine} from "./wasm-engine.js";

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});

it(`reads ${randomTables} random tables as they are, or warns`, {timeout: randomTablesTimeout}, async () => {
  await fc.assert(
    fc.asyncProperty(randomTable, async (table) => {
      // A page knows nothing of the platform's types.
      const columns = allRows(table).map(({cells}) => ({type: undefined, cells}));
      const warnings = await insertCsv(engine, "t", new Blob([csvOf(columns)]), ",");
      const ask = async (text: string) =>
        (await engine.query({text, params: []})).toArray() as Record<string, string | null>[];
      const types = await ask("DESCRIBE t");
      const rows = await ask("SELECT COLUMNS(*)::VARCHAR FROM t");
      await ask("DROP TABLE t");
      const read = columnNames(columns).map((name, i) => ({
        name,
        sqlType: types[i]!["column_type"]!,
        values: rows.map((row) => row[name]!)
      }));
      expectTable(columns, read, warnings);
    }),
    {numRuns: randomTables, endOnFailure: randomTables > 100}
  );
});
