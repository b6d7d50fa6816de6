// Random tables come back as they went up, or with a warning that names the column: from the reader of CSV, in each of a loader's formats,
// and from `table()` and `rows()`.
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance, type DuckDBConnection} from "@duckdb/node-api";
import {tableFromIPC} from "apache-arrow";
import {csvParse} from "d3-dsv";
import fc from "fast-check";
import {afterAll, beforeAll, expect, it} from "vitest";
import {tableOf} from "../../lib/tabular/arrow-table.js";
import {writeFormat} from "../../lib/tabular/format.js";
import type {Format} from "../../lib/tabular/formats.js";
import {writeParquet} from "../../lib/tabular/parquet.js";
import {literal} from "../../lib/tabular/quote.js";
import {tableRows} from "../../lib/tabular/table-rows.js";
import {readTypedCsv} from "../../lib/tabular/typed-csv.js";
import {
  allRows,
  columnNames,
  csvOf,
  expectTable,
  randomTable,
  randomTables,
  randomTablesTimeout,
  type ReadColumn
} from "./random-table.js";

let folder: string;
let connection: DuckDBConnection;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-kit-test-"));
  connection = await (await DuckDBInstance.create(":memory:", {threads: "2"})).connect();
  await connection.run("SET TimeZone = 'UTC'");
});
afterAll(async () => {
  connection.closeSync();
  await rm(folder, {recursive: true});
});

/** The columns of a relation, their values as DuckDB writes them. */
async function columnsOf(relation: string): Promise<(string | null)[][]> {
  return (await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM ${relation}`)).getColumns() as (
    string | null
  )[][];
}

type Value = string | number | bigint | Date | null | undefined;
type Rows = readonly Readonly<Record<string, Value>>[];

/** A loader's file, read as a page does. */
async function rowsOf(format: Format): Promise<Rows> {
  const file = join(folder, `${++files}.${format}`);
  await writeFormat(connection, "dataset", format, file);
  try {
    if (format === "parquet") {
      return (
        await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM read_parquet(${literal(file)})`)
      ).getRowObjectsJson() as Rows;
    }
    const bytes = await readFile(file);
    if (format === "arrow") return tableRows(tableFromIPC(bytes)) as Rows;
    return format === "csv" ? [...csvParse(bytes.toString())] : (JSON.parse(bytes.toString()) as Rows);
  } finally {
    await rm(file);
  }
}

/** A value as DuckDB writes it, and one in JavaScript, as the same text. */
function shown(sqlType: string, value: Value, format: Format): string | null {
  // CSV and JSON have fewer words than there are values.
  if (sqlType === "VARCHAR") return format === "csv" ? ((value ?? "") as string) : (value as string | null);
  if (value == null || (format === "csv" && value === "")) return null;
  if (value instanceof Date) return value.toISOString();
  const written = String(value);
  if (sqlType === "TIMESTAMP") {
    const text = written.replace(" ", "T").replace("Z", "");
    return new Date(`${text.slice(0, 23)}${text.includes("T") ? "Z" : ""}`).toISOString();
  }
  if (sqlType !== "DOUBLE") return written;
  const number = Number(written.replace(/^(-?)inf$/, "$1Infinity"));
  return format === "json" && !Number.isFinite(number) ? null : String(number);
}

const expectSame = (read: ReadColumn[], rows: Rows, format: Format) => {
  for (const {name, sqlType, values} of read) {
    const context = {format, name, sqlType, rows: values.length};
    const found = rows.map((row) => shown(sqlType, row[name], format));
    const wanted = values.map((value) => shown(sqlType, value, format));
    const row = wanted.findIndex((value, i) => value !== found[i]);
    expect({...context, rows: rows.length, row, value: found[row]}).toEqual({...context, row: -1});
  }
};

it(
  `${randomTables} random tables come back as they went up, or with a warning that names the column`,
  {timeout: randomTablesTimeout},
  async () => {
    const path = join(folder, "a.csv");
    await fc.assert(
      fc.asyncProperty(randomTable, async (table) => {
        const columns = allRows(table);
        await writeFile(path, csvOf(columns));
        const names = columnNames(columns);
        const dataTypes = Object.fromEntries(
          columns.flatMap(({type}, i) => (type ? [[names[i]!, type]] : []))
        );
        // DuckDB keeps what it knows of a file by its name.
        const parquet = join(folder, `${++files}.parquet`);
        await readTypedCsv(connection, path, dataTypes, async (typed) => {
          const values = await columnsOf(`(${typed.sql})`);
          const read = typed.columns.map(({name, sqlType}, i) => ({name, sqlType, values: values[i] ?? []}));
          expectTable(columns, read, typed.warnings);

          await writeParquet(connection, typed, parquet);
          await connection.run(`CREATE OR REPLACE VIEW dataset AS FROM read_parquet(${literal(parquet)})`);
          expect(await columnsOf("dataset")).toEqual(values);
          expectSame(read, tableRows((await tableOf(connection, "dataset")).table) as Rows, "arrow");
          for (const format of ["parquet", "arrow", "csv", "json"] as const)
            expectSame(read, await rowsOf(format), format);
        });
        await rm(parquet);
      }),
      {numRuns: randomTables, endOnFailure: randomTables > 100}
    );
  }
);
