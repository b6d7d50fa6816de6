// Random tables that are sorted hold the rows that they hold unsorted, each as often, in the types that they have unsorted.
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import fc from "fast-check";
import {afterAll, beforeAll, expect, it} from "vitest";
import {contentRelation} from "../../data-loaders/relation.js";
import {ascending} from "../../data-loaders/row-order.js";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {writeFormat} from "../../lib/tabular/format.js";
import {writeParquet} from "../../lib/tabular/parquet.js";
import {literal} from "../../lib/tabular/quote.js";
import {readTypedCsv} from "../../lib/tabular/typed-csv.js";
import {allRows, columnNames, csvOf, randomTable} from "../tabular/random-table.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-layout-"));
});
afterAll(() => rm(folder, {recursive: true}));

let files = 0;

it(
  "random tables that are sorted have the same rows and types as plain ones",
  {timeout: 120_000},
  async () => {
    await fc.assert(
      fc.asyncProperty(
        randomTable,
        fc.array(fc.nat(), {minLength: 1, maxLength: 3}),
        async (table, picks) => {
          const columns = allRows(table);
          const names = columnNames(columns);
          const dataTypes = Object.fromEntries(
            columns.flatMap(({type}, i) => (type ? [[names[i]!, type]] : []))
          );
          const place = (extension: string) => join(folder, `${++files}.${extension}`);
          const [csv, plain, sorted] = [place("csv"), place("parquet"), place("parquet")];
          await writeFile(csv, csvOf(columns));
          await withDuckDB({folder}, async (connection) => {
            const read = await readTypedCsv(connection, csv, dataTypes, async (typed) => {
              await writeParquet(connection, typed, plain);
              return typed.columns.map(({name}) => name);
            });
            const sort = [...new Set(picks.map((pick) => read[pick % read.length]!))];
            const relation = await contentRelation(connection, undefined, sort, {file: plain, columns: {}});
            await writeFormat(connection, relation.name, "parquet", sorted, {
              rows: relation.rows,
              rowGroup: 2048
            });
            const ask = asker(connection);
            const [one, other] = [plain, sorted].map((file) => `read_parquet(${literal(file)})`);
            const described = (file: string) =>
              ask(`SELECT column_name, column_type FROM (DESCRIBE FROM ${file})`);
            expect(await described(other!)).toEqual(await described(one!));
            const text = (rows: string) => ask(`SELECT COLUMNS(*)::VARCHAR FROM ${rows}`);
            const expected = await text(`(FROM ${one} ORDER BY ${ascending(sort)}, file_row_number)`);
            expect(await text(other!)).toEqual(expected);
          });
        }
      ),
      {numRuns: 40}
    );
  }
);

const asker = (connection: DuckDBConnection) => async (sql: string) =>
  (await connection.runAndReadAll(sql)).getRowsJson();
