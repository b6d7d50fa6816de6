// A sort in ranges gives the rows that one sort gives, in the same order, whatever the values are.
import {mkdir, mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import fc from "fast-check";
import {afterAll, beforeAll, expect, it} from "vitest";
import {isLargeSort, sortInRanges} from "../../data-loaders/large-sort.js";
import {ascending} from "../../data-loaders/row-order.js";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {literal} from "../../lib/tabular/quote.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-sort-"));
});
afterAll(() => rm(folder, {recursive: true}));

let tables = 0;

/** Sorts a table of these columns both ways, and gives the numbers of its rows in the order that each has made, and the files' sizes in rows. */
async function bothWays(
  connection: DuckDBConnection,
  select: string,
  sort: string[],
  most: number
): Promise<{one: unknown[]; ranges: unknown[]; sizes: number[]}> {
  const place = join(folder, String(++tables));
  await mkdir(place);
  const file = join(place, "all.parquet");
  await connection.run(`COPY (${select}) TO ${literal(file)} (FORMAT parquet)`);
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRows().map(([value]) => value);
  const whole = `read_parquet(${literal(file)})`;
  const [rows] = await ask(`SELECT count(*) FROM ${whole}`);
  const columns = Object.fromEntries(
    (await connection.runAndReadAll(`FROM ${whole} LIMIT 0`)).columnNames().map((n) => [n, ""])
  );
  const files = await sortInRanges(connection, {file, rows: Number(rows), columns}, sort, place, {most});
  const sizes = await Promise.all(
    files.map(async (part) => Number((await ask(`SELECT count(*) FROM read_parquet(${literal(part)})`))[0]))
  );
  return {
    one: await ask(`SELECT n FROM ${whole} ORDER BY ${ascending(sort)}, file_row_number`),
    ranges: await ask(`SELECT n FROM read_parquet([${files.map(literal).join(", ")}])`),
    sizes
  };
}

it("keeps the order of one sort", async () => {
  const text = fc.oneof(
    fc.constantFrom("a", "b", "", "ä", "a\0b", "'"),
    fc.string({unit: "grapheme", maxLength: 3})
  );
  const number = fc.oneof(fc.integer({min: -3, max: 3}), fc.constantFrom(NaN, Infinity, -Infinity, -0, 0.5));
  const row = fc.tuple(fc.option(text, {freq: 4}), fc.option(number, {freq: 4}));
  await withDuckDB({folder}, async (connection) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, {maxLength: 60}),
        fc.constantFrom<string[]>(["t"], ["x"], ["t", "x"], ["x", "t"]),
        fc.integer({min: 3, max: 60}),
        async (rows, sort, most) => {
          await connection.run("CREATE OR REPLACE TABLE random (t VARCHAR, x DOUBLE, n INTEGER)");
          const insert = await connection.prepare(
            "INSERT INTO random VALUES (decode(from_hex(?)), ?::DOUBLE, ?)"
          );
          for (const [n, [t, x]] of rows.entries()) {
            if (t === null) insert.bindNull(1);
            else insert.bindVarchar(1, Buffer.from(t).toString("hex"));
            if (x === null) insert.bindNull(2);
            else insert.bindVarchar(2, String(x));
            insert.bindInteger(3, n);
            await insert.run();
          }
          const {one, ranges} = await bothWays(connection, "FROM random", sort, most);
          expect(ranges).toEqual(one);
        }
      ),
      {numRuns: 60}
    );
  });
}, 120_000);

it("cuts into ranges of about half of what one sort takes, a value that fills one by the next column", async () => {
  await withDuckDB({folder}, async (connection) => {
    const select = `SELECT CASE WHEN i % 10 < 6 THEN 'large' ELSE 'k' || (i % 97) END AS k, (i * 7919) % 100000 AS v, i AS n FROM range(100000) t(i)`;
    const {one, ranges, sizes} = await bothWays(connection, select, ["k", "v"], 3 * 10_000);
    expect(ranges).toEqual(one);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10_000);
    expect(sizes.length).toBeGreaterThan(10);
  });
});

it("leaves rows that are all alike in their order", async () => {
  await withDuckDB({folder}, async (connection) => {
    const select = "SELECT 'same' AS k, NULL::INTEGER AS v, i AS n FROM range(5000) t(i)";
    const {one, ranges, sizes} = await bothWays(connection, select, ["k", "v"], 300);
    expect(ranges).toEqual(one);
    expect(sizes).toEqual([5000]);
  });
});

it("is for what one sort has no memory for", () => {
  const dataset = {file: "", columns: {a: "", b: ""}};
  expect(isLargeSort({...dataset, rows: 35_000_000})).toBe(false);
  expect(isLargeSort({...dataset, rows: 35_000_001})).toBe(true);
});
