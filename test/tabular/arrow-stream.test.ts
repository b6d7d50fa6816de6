// What the Arrow writer makes of SQL's types and values.
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {tableFromIPC, type Table} from "apache-arrow";
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {tableOf} from "../../lib/tabular/arrow-table.js";
import {writeArrow} from "../../lib/tabular/arrow-stream.js";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {literal} from "../../lib/tabular/quote.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-arrow-"));
});
afterAll(() => rm(folder, {recursive: true}));

/** What a page gets of a query's result. */
async function arrow(query: string): Promise<Table> {
  const file = join(folder, "out.arrow");
  await withDuckDB({folder}, async (connection) => {
    await connection.run(`CREATE VIEW result AS ${query}`);
    await writeArrow(connection, "result", file);
  });
  return tableFromIPC(await readFile(file));
}

const types = (table: Table) =>
  Object.fromEntries(table.schema.fields.map(({name, type}) => [name, String(type)]));

const column = (table: Table, name: string): unknown[] => [...table.getChild(name)!];

describe("types", () => {
  it("of numbers are those that JavaScript reads as numbers, where no digit is lost", async () => {
    const table = await arrow(`SELECT * FROM (VALUES
      (1::BIGINT, 2147483648::BIGINT, 9007199254740993::BIGINT, 3::HUGEINT, 1.25::DECIMAL(9, 2), 1.5::FLOAT, 7::UTINYINT),
      (-2147483647, -5, 1, 170141183460469231731687303715884105727, NULL, 0.1::DOUBLE::FLOAT, NULL))
      t(small, large, huge, giant, decimal, float, tiny)`);
    expect(types(table)).toEqual({
      small: "Int32",
      large: "Float64",
      huge: "Int64",
      giant: "Utf8",
      decimal: "Float64",
      float: "Float64",
      tiny: "Int32"
    });
    expect(column(table, "small")).toEqual([1, -2147483647]);
    expect(column(table, "large")).toEqual([2147483648, -5]);
    expect(column(table, "huge")).toEqual([9007199254740993n, 1n]);
    expect(column(table, "giant")).toEqual(["3", "170141183460469231731687303715884105727"]);
    expect(column(table, "decimal")).toEqual([1.25, null]);
    expect(column(table, "tiny")).toEqual([7, null]);
  });

  it("of whole numbers that fit no number of JavaScript keep their digits", async () => {
    const table = await arrow(
      `SELECT 123456789012345678901234::DECIMAL(38, 0) AS id, 12::DECIMAL(38, 0) AS small`
    );
    expect(table.get(0)!.toJSON()).toEqual({id: "123456789012345678901234", small: 12});
  });

  it("of dates and times are days and instants", async () => {
    const table = await arrow(`SELECT DATE '1969-12-31' AS day, TIMESTAMP '2024-02-29 12:00:00.123' AS at,
      TIMESTAMPTZ '2024-02-29 12:00:00+02' AS zoned UNION ALL SELECT NULL, NULL, NULL`);
    expect(types(table)).toMatchObject({day: "Date64<MILLISECOND>", at: "Timestamp<MILLISECOND>"});
    expect(column(table, "day").map(Number)).toEqual([Date.UTC(1969, 11, 31), 0]);
    expect(column(table, "at")).toEqual([Date.UTC(2024, 1, 29, 12, 0, 0, 123), null]);
    expect(column(table, "zoned")).toEqual([Date.UTC(2024, 1, 29, 10), null]);
  });

  it("of text that repeats are dictionaries", async () => {
    const table = await arrow(
      `SELECT ['a', 'ü', NULL, ''][i % 4 + 1] AS sector, 'id ' || i AS id FROM range(1000) t(i)`
    );
    expect(types(table)).toEqual({sector: "Dictionary<Uint8, Utf8>", id: "Utf8"});
    expect(column(table, "sector").slice(0, 4)).toEqual(["a", "ü", null, ""]);
    expect(column(table, "id").at(-1)).toBe("id 999");
  });

  it("of more than 256 repeated texts fit their dictionary", async () => {
    const table = await arrow(`SELECT 'store ' || (i % 300) AS store FROM range(70000) t(i)`);
    expect(types(table)).toEqual({store: "Dictionary<Uint16, Utf8>"});
    expect(column(table, "store").every((store, i) => store === `store ${i % 300}`)).toBe(true);
  });

  it("that Plot takes for dates hold no more than milliseconds, unless there is more", async () => {
    const table = await arrow(`SELECT TIMESTAMP '2024-01-01 00:00:00.000001' AS micro,
      TIMESTAMP_NS '2024-01-01 00:00:00.000000001' AS nano, TIMESTAMP_NS '2024-01-01 00:00:00.001' AS milli`);
    expect(types(table)).toEqual({
      micro: "Timestamp<MICROSECOND>",
      nano: "Timestamp<NANOSECOND>",
      milli: "Timestamp<MILLISECOND>"
    });
  });
});

describe("a stream", () => {
  it("keeps the order of rows over many batches", async () => {
    const table = await arrow(
      `SELECT i, i % 3 = 0 AS third, nullif(i % 7, 0) AS seven FROM range(200001) t(i)`
    );
    expect(table.numRows).toBe(200001);
    expect(table.batches.length).toBeGreaterThan(2);
    expect(column(table, "i").every((value, i) => value === i)).toBe(true);
    expect(column(table, "third").every((value, i) => value === (i % 3 === 0))).toBe(true);
    expect(column(table, "seven").every((value, i) => value === (i % 7 || null))).toBe(true);
  });

  it("has every value before and after the first missing one, however late that comes", async () => {
    for (const late of [0, 7, 511, 512, 1023, 1024, 5000, 66_000]) {
      const table = await arrow(`SELECT CASE WHEN i <> ${late} THEN i END::INTEGER AS n, (n % 7)::DOUBLE AS d,
        n::VARCHAR AS t, n > 5 AS b, CASE WHEN i <> ${late} THEN {'n': n} END AS s FROM range(70_000) r(i)`);
      for (const {name} of table.schema.fields) {
        const missing = column(table, name).flatMap((value, i) => (value === null ? [i] : []));
        expect({name, missing}).toEqual({name, missing: [late]});
      }
    }
  });

  it("has a schema without rows too", async () => {
    const table = await arrow(`SELECT 1 AS a, 'x' AS b WHERE false`);
    expect(table.numRows).toBe(0);
    expect(types(table)).toEqual({a: "Int32", b: "Utf8"});
  });

  it("ends a batch before its text, of all columns together, is more than a batch may hold", async () => {
    const limits = {rows: 1000, bytes: 10_000};
    const table = await withDuckDB({folder}, async (connection) => {
      await connection.run(`CREATE VIEW long AS
        SELECT i, repeat('x', i % 7 * 1000) || i AS text, [i::VARCHAR, repeat('é', i % 5 * 100)] AS list FROM range(500) t(i)`);
      return (await tableOf(connection, "long", limits)).table;
    });
    const bytes = table.batches.map(({data}) => data.byteLength);
    expect(Math.max(...bytes)).toBeLessThan(2 * limits.bytes);
    expect(column(table, "text")).toEqual(
      Array.from({length: 500}, (_, i) => "x".repeat((i % 7) * 1000) + i)
    );
    expect([...(table.getChild("list")!.get(499) as Iterable<string>)]).toEqual(["499", "é".repeat(400)]);
  });

  it("has a batch for each row that is longer than a batch may be", async () => {
    const table = await withDuckDB({folder}, async (connection) => {
      await connection.run(`CREATE VIEW long AS SELECT repeat('x', 5000) || range AS text FROM range(3)`);
      return (await tableOf(connection, "long", {rows: 1000, bytes: 1000})).table;
    });
    expect(table.batches.map(({numRows}) => numRows)).toEqual([1, 1, 1]);
  });

  it("carries any text", async () => {
    const text = fc.option(fc.string({unit: "grapheme"}).filter((s) => !s.includes("\0")));
    await fc.assert(
      fc.asyncProperty(fc.array(text, {minLength: 1, maxLength: 50}), async (texts) => {
        const rows = texts.map((value, i) => `(${i}, ${value === null ? "NULL" : literal(value)})`);
        const table = await arrow(
          `SELECT text::VARCHAR AS text FROM (VALUES ${rows.join(", ")}) t(i, text) ORDER BY i`
        );
        expect(column(table, "text")).toEqual(texts);
      }),
      {numRuns: 30}
    );
  });
});
