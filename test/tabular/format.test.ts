// What CSV, JSON and Parquet carry of SQL's types and values.
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {autoType, csvParse} from "d3-dsv";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {literal} from "../../lib/tabular/quote.js";
import {writeFormat} from "../../lib/tabular/format.js";
import {formats, type Format} from "../../lib/tabular/formats.js";
import {parquetOptions} from "../../lib/tabular/parquet.js";
import {readAs} from "./written.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-format-"));
});
afterAll(() => rm(folder, {recursive: true}));

async function write(query: string, format: Format): Promise<{rows: number; file: string}> {
  const file = join(folder, `out.${format}`);
  const {rows} = await withDuckDB({folder}, async (connection) => {
    await connection.run(`CREATE VIEW result AS ${query}`);
    return writeFormat(connection, "result", format, file);
  });
  return {rows, file};
}

const text = async (query: string, format: Format) => readFile((await write(query, format)).file, "utf8");

const json = async (query: string) => JSON.parse(await text(query, "json")) as unknown;

const values = `SELECT 'say "hi",' || chr(10) || 'ünï' AS text, '' AS blank, NULL::VARCHAR AS missing,
  3::BIGINT AS whole, 0.1 AS part, true AS yes, TIMESTAMP '2024-02-29 12:00:00.5' AS at,
  TIMESTAMP '2024-02-29' AS day`;

describe("JSON", () => {
  it("is what JavaScript reads", async () => {
    expect(await json(values)).toEqual([
      {
        text: 'say "hi",\nünï',
        blank: "",
        missing: null,
        whole: 3,
        part: 0.1,
        yes: true,
        at: "2024-02-29T12:00:00.500Z",
        day: "2024-02-29"
      }
    ]);
  });

  it("keeps digits that no number of JavaScript has, as text", async () => {
    expect(
      await json(
        `SELECT 9007199254740993 AS id, 123456789012345678901234::DECIMAL(38, 0) AS long, 5::HUGEINT AS sum`
      )
    ).toEqual([{id: "9007199254740993", long: "123456789012345678901234", sum: 5}]);
  });

  it("has null where a number is none", async () => {
    expect(await json(`SELECT 'nan'::DOUBLE AS nan, '-inf'::DOUBLE AS inf, 1.5::DOUBLE AS ok`)).toEqual([
      {nan: null, inf: null, ok: 1.5}
    ]);
  });

  it("keeps what is nested", async () => {
    expect(await json(`SELECT [1, 2] AS list, {'a': 'b'} AS struct`)).toEqual([
      {list: [1, 2], struct: {a: "b"}}
    ]);
  });

  it("is an empty list without rows", async () => {
    expect(await json(`SELECT 1 AS a WHERE false`)).toEqual([]);
  });
});

describe("CSV", () => {
  it("is what d3 reads, types included", async () => {
    const [row] = csvParse(await text(values, "csv"), autoType);
    expect(row).toEqual({
      text: 'say "hi",\nünï',
      blank: null,
      missing: null,
      whole: 3,
      part: 0.1,
      yes: true,
      at: new Date("2024-02-29T12:00:00.500Z"),
      day: new Date("2024-02-29")
    });
  });

  it("is a header without rows", async () => {
    expect(await text(`SELECT 1 AS a, 'x' AS "b c,d" WHERE false`, "csv")).toBe('a,"b c,d"\n');
  });

  it("has times of day where a column has any", async () => {
    expect(
      await text(`SELECT unnest([TIMESTAMP '2024-01-01', TIMESTAMP '2024-01-02 01:00:00', NULL]) AS t`, "csv")
    ).toBe("t\n2024-01-01T00:00:00.000Z\n2024-01-02T01:00:00.000Z\n\n");
  });
});

describe("Parquet", () => {
  it("has types that JavaScript reads as numbers where no digit is lost, and says how many rows", async () => {
    const {rows, file} = await write(
      `${values}, count(*) OVER () AS n, 2147483648 AS id, sum(1::HUGEINT) OVER () * 10::HUGEINT ** 20 AS giant,
        123456789012345678901234::DECIMAL(38, 0) AS long FROM range(3)`,
      "parquet"
    );
    expect(rows).toBe(3);
    const described = await withDuckDB({folder}, (connection) =>
      connection.runAndReadAll(`DESCRIBE FROM read_parquet(${literal(file)})`)
    );
    expect(Object.fromEntries(described.getRows().map(([name, type]) => [name, type]))).toEqual({
      text: "VARCHAR",
      blank: "VARCHAR",
      missing: "VARCHAR",
      whole: "INTEGER",
      part: "DOUBLE",
      yes: "BOOLEAN",
      at: "TIMESTAMP",
      day: "TIMESTAMP",
      n: "INTEGER",
      id: "BIGINT",
      giant: "DOUBLE",
      long: "DECIMAL(38,0)"
    });
  });

  it("has shorter row groups where rows are wide", () => {
    expect(parquetOptions(1)).toContain("ROW_GROUP_SIZE 122880");
    expect(parquetOptions(24)).toContain("ROW_GROUP_SIZE 122880");
    expect(parquetOptions(400)).toContain("ROW_GROUP_SIZE 6144");
    expect(parquetOptions(10_000)).toContain("ROW_GROUP_SIZE 2048");
  });
});

describe("a wide table", () => {
  /** Whole numbers, numbers with a point, times and texts that repeat, in turns. */
  const select = Array.from({length: 2500}, (_, j) => {
    const value = [`i * ${j}`, `i / 4`, `TIMESTAMP '2024-01-01' + INTERVAL (i) DAY`, `['a', 'b'][i % 2 + 1]`];
    return `${value[j % 4]} AS c${j}`;
  });
  const wide = `SELECT ${select.join(", ")} FROM range(4) t(i)`;

  it.each(formats)("is written as %s", {timeout: 120_000}, async (format) => {
    const {rows, file} = await write(wide, format);
    expect(rows).toBe(4);
    const bytes = await readFile(file);
    const read = readAs[format](bytes);
    const column = (name: string): unknown[] =>
      Array.isArray(read) ? read.map((row) => row[name]) : [...read.getChild(name)!];
    expect(column("c2496").map(Number)).toEqual([0, 2496, 4992, 7488]);
    expect(column("c2497").map(Number)).toEqual([0, 0.25, 0.5, 0.75]);
    expect(column("c2498").map((time) => new Date(time as string).toISOString())).toEqual(
      ["01", "02", "03", "04"].map((day) => `2024-01-${day}T00:00:00.000Z`)
    );
    expect(column("c2499")).toEqual(["a", "b", "a", "b"]);
  });
});
