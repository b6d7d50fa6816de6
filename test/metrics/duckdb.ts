// Rows of random tests as tables of a DuckDB in memory.
import {DuckDBInstance, type DuckDBConnection} from "@duckdb/node-api";
import {expect} from "vitest";

type Row = Record<string, unknown>;

/** A DuckDB in memory. */
export async function openDuckdb() {
  const duckdb: DuckDBConnection = await (await DuckDBInstance.create()).connect();
  const query = async (sql: string) => (await duckdb.runAndReadAll(sql)).getRowObjectsJS() as Row[];
  return {
    query,
    close: () => duckdb.closeSync(),
    /** Makes a table of the rows; `types` are its columns. */
    async load(table: string, types: Record<string, string>, rows: readonly Row[]) {
      const names = Object.keys(types).map((name) => `"${name.replaceAll('"', '""')}"`);
      const columns = Object.values(types).map((type, i) => `${names[i]} ${type}`);
      await duckdb.run(`CREATE OR REPLACE TABLE "${table}" (${columns.join(", ")})`);
      const values = rows.map(
        (row) =>
          `(${Object.keys(types)
            .map((name) => literal(row[name]))
            .join(", ")})`
      );
      if (values.length) await duckdb.run(`INSERT INTO "${table}" VALUES ${values.join(", ")}`);
    }
  };
}

function literal(value: unknown): string {
  if (value == null) return "NULL";
  if (value instanceof Date) return `'${value.toISOString().replace("Z", "")}'`;
  if (typeof value === "number") return `'${value}'`;
  return `'${(value as string).replaceAll("'", "''")}'`;
}

/** The same rows in the same order, the numbers to ten digits. */
export function expectSame(ours: readonly object[], theirs: readonly Row[]) {
  expect(ours.length, JSON.stringify([ours, theirs], bigint)).toBe(theirs.length);
  for (const [i, row] of ours.entries()) {
    for (const [name, value] of Object.entries(row) as [string, unknown][]) {
      const other = theirs[i]![name];
      const about = `row ${i}, ${name}: ${String(value)}, ${String(other)}`;
      if (typeof value !== "number" || isNaN(value)) expect(other, about).toEqual(value);
      else {
        const near = Math.abs(value) * 1e-9 + 1e-6;
        expect(other === null ? NaN : Math.abs(value - Number(other)), about).toBeLessThanOrEqual(near);
      }
    }
  }
}

const bigint = (_: string, value: unknown) => (typeof value === "bigint" ? Number(value) : value);
