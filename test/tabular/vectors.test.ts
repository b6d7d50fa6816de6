// Every way from a dataset's CSV to values, held to the vectors: the loaders and `downloadParquet()`, `table()` and `rows()`.
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance, type DuckDBConnection} from "@duckdb/node-api";
import type {Table} from "apache-arrow";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {tableOf} from "../../lib/tabular/arrow-table.js";
import {writeParquet} from "../../lib/tabular/parquet.js";
import type {Cell} from "../../lib/tabular/csv-writer.js";
import {tableRows} from "../../lib/tabular/table-rows.js";
import {readTypedCsv} from "../../lib/tabular/typed-csv.js";
import {expected, integer, vectorCsv, vectors, type Vector} from "./vectors.js";

let folder: string;
let connection: DuckDBConnection;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-kit-test-"));
  connection = await (await DuckDBInstance.create(":memory:", {threads: "1"})).connect();
  await connection.run("SET TimeZone = 'UTC'");
});
afterAll(async () => {
  connection.closeSync();
  await rm(folder, {recursive: true});
});

/** The column by all ways at once. */
async function read(csv: string, {type}: Pick<Vector, "type">) {
  const path = join(folder, "a.csv");
  // DuckDB keeps what it knows of a file by its name.
  const parquet = join(folder, `${++files}.parquet`);
  await writeFile(path, csv);
  const dataTypes = type && {v: type, n: integer};
  return readTypedCsv(connection, path, dataTypes ?? {}, async (typed) => {
    const texts = async (from: string) =>
      (await connection.runAndReadAll(`SELECT v::VARCHAR FROM ${from}`)).getRows().map(([value]) => value);
    const values = await texts(`(${typed.sql})`);
    await writeParquet(connection, typed, parquet);
    await connection.run(`CREATE OR REPLACE VIEW dataset AS FROM read_parquet('${parquet}')`);
    const {table} = await tableOf(connection, "dataset");
    return {
      read: {sqlType: typed.columns[0]!.sqlType, values, warning: typed.warnings.join("; ")},
      parquet: await texts("dataset"),
      table: tableTexts(table),
      rows: tableRows(table).map(({v}) => shown(v))
    };
  });
}

const tableTexts = (table: Table) => tableRows(table).map(({v}) => shown(v));

/** A value in JavaScript as text. */
const shown = (value: Cell) =>
  value instanceof Date ? value.toISOString() : value == null ? null : String(value);

/** The same of a value as DuckDB writes it. */
function inJavaScript(sqlType: string, value: string | null): string | null {
  if (value === null) return null;
  if (sqlType === "TIMESTAMP") return new Date(`${value.replace(" ", "T").slice(0, 23)}Z`).toISOString();
  return sqlType === "DOUBLE" ? String(Number(value.replace("inf", "Infinity"))) : value;
}

describe("the loaders, downloadParquet(), table() and rows()", () => {
  it.each(vectors.map((vector) => [vector.about, vector] as const))("read %s", async (_, vector) => {
    const {read: found, parquet, table, rows} = await read(vectorCsv(vector), vector);
    const wanted = expected(vector);
    expect(found).toEqual(wanted);
    expect(parquet).toEqual(wanted.values);
    const values = wanted.values.map((value) => inJavaScript(wanted.sqlType, value));
    expect(table).toEqual(values);
    expect(rows).toEqual(values);
  });

  it("read the same where it comes after the rows that types are chosen by", async () => {
    for (const vector of vectors.filter(({texts}) => texts.length > 1)) {
      const [first, ...rest] = vector.texts;
      const many = Array<string | null>(2100).fill(first!);
      const {read: found} = await read(vectorCsv({texts: [...many, ...rest]}), vector);
      const {sqlType, values} = expected(vector);
      const late = found.values.slice(2100);
      expect({about: vector.about, sqlType: found.sqlType, late}).toEqual({
        about: vector.about,
        sqlType,
        late: values.slice(1)
      });
    }
  });
});
