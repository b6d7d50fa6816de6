// What becomes of a CSV under the platform's types: the values, the types, and what is said where they don't fit.
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance, type DuckDBConnection} from "@duckdb/node-api";
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {writeParquet} from "../../lib/tabular/parquet.js";
import {CsvError, readTypedCsv, type ColumnType} from "../../lib/client/index.js";

let folder: string;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ikigai-kit-test-"));
  connection = await (await DuckDBInstance.create(":memory:", {threads: "1"})).connect();
});
afterAll(async () => {
  connection.closeSync();
  await rm(folder, {recursive: true});
});

const numeric: ColumnType = {dataType: "NUMERIC", dataFormats: {}};
const integer: ColumnType = {dataType: "NUMERIC", dataFormats: {numeric_format: "INTEGER"}};
const time: ColumnType = {dataType: "TIME", dataFormats: {}};
const words: ColumnType = {dataType: "TEXT", dataFormats: {}};

/** Everything that comes of a CSV; values as DuckDB writes them in JSON. */
async function read(csv: string | Uint8Array, dataTypes: Record<string, ColumnType> = {}) {
  const path = join(folder, "it's a.csv");
  await writeFile(path, csv);
  let runs = 0;
  return readTypedCsv(connection, path, dataTypes, async ({sql, columns, warnings}) => {
    runs++;
    const result = await connection.runAndReadAll(sql);
    return {
      rows: result.getRowsJson(),
      types: Object.fromEntries(columns.map(({name, sqlType}) => [name, sqlType])),
      warnings,
      runs
    };
  });
}

/** One column of these values: its type and what they become. */
async function column(values: string[], type: ColumnType | undefined) {
  const {rows, types, warnings, runs} = await read(
    `x,y\n${values.map((value) => `${value},1\n`).join("")}`,
    type && {x: type, y: integer}
  );
  return {type: types.x, values: rows.map(([value]) => value), warnings, runs};
}

describe("a NUMERIC column", () => {
  it.each<[string, string[], string, unknown[]]>([
    ["of whole numbers", ["1", "-2", "", "+3", "0"], "BIGINT", ["1", "-2", null, "3", "0"]],
    [
      "of large ids",
      ["9223372036854775807", "9007199254740993"],
      "BIGINT",
      ["9223372036854775807", "9007199254740993"]
    ],
    ["of larger ones", ["18446744073709551615", "-1"], "DECIMAL(38,0)", ["18446744073709551615", "-1"]],
    ["with decimals", ["1", "2.5", "-1e-3"], "DOUBLE", [1, 2.5, -0.001]],
    ["with floats that are whole", ["1.0", "2.0"], "DOUBLE", [1, 2]],
    ["with infinities", ["inf", "-Infinity", "1"], "DOUBLE", ["Infinity", "-Infinity", 1]],
    ["with huge floats", ["1e300", "1"], "DOUBLE", [1e300, 1]],
    [
      "with pandas's words for nothing",
      ["1", "NaN", "N/A", "null", '""', " ", "None"],
      "BIGINT",
      ["1", ...Array<null>(6).fill(null)]
    ],
    ["with blanks around", [" 5", "6 "], "BIGINT", ["5", "6"]],
    ["without a value", ["", ""], "DOUBLE", [null, null]]
  ])("%s", async (_, values, type, read) => {
    expect(await column(values, numeric)).toMatchObject({type, values: read, warnings: []});
  });

  it("that is said to be whole takes whole floats, and keeps other ones", async () => {
    expect(await column(["1.0", "2", "3."], integer)).toMatchObject({
      type: "BIGINT",
      values: ["1", "2", "3"]
    });
    expect(await column(["1.0", "2.5"], integer)).toMatchObject({type: "DOUBLE", values: [1, 2.5]});
    expect(await column(["", ""], integer)).toMatchObject({type: "BIGINT"});
  });

  it.each([
    [
      "a word",
      ["1", "about 5"],
      `column "x" is kept as text, not NUMERIC: "about 5" can't be read as a number`
    ],
    [
      "a thousands separator",
      ['"1,000"'],
      `column "x" is kept as text, not NUMERIC: "1,000" can't be read as a number`
    ],
    [
      "decimals beside numbers that a DOUBLE would bend",
      ["9007199254740993", "0.5"],
      'column "x" is kept as text, not NUMERIC: it has decimals beside whole numbers too long for a DOUBLE'
    ]
  ])("with %s stays text, every value as written", async (_, values, warning) => {
    const written = values.map((value) => value.replaceAll('"', ""));
    expect(await column(values, numeric)).toMatchObject({
      type: "VARCHAR",
      values: written,
      warnings: [warning]
    });
  });

  // Each of these comes after more rows than the types are chosen from.
  it.each<[string, string, string, unknown, number]>([
    ["a decimal", "5.7", "DOUBLE", 5.7, 2],
    ["a missing value", "NaN", "BIGINT", null, 1],
    ["a large id", "9007199254740993", "BIGINT", "9007199254740993", 1],
    ["a quoted blank", '""', "BIGINT", null, 1],
    ["a word", "many", "VARCHAR", "many", 2],
    ["a code", "01220", "VARCHAR", "01220", 2]
  ])("is right when %s comes late", async (_, late, type, value, runs) => {
    const result = await column([...Array<string>(3000).fill("1"), late], numeric);
    expect(result).toMatchObject({type, runs});
    expect(result.values).toHaveLength(3001);
    expect(result.values.at(-1)).toBe(value);
    expect(result.warnings).toHaveLength(type === "VARCHAR" ? 1 : 0);
  });
});

describe("a TIME column", () => {
  it.each<[string, string[], (string | null)[]]>([
    ["of dates", ["2024-01-02", "", "NaT"], ["2024-01-02 00:00:00", null, null]],
    [
      "of times",
      ["2024-01-02 03:04:05", "2024-01-02T03:04:05.25"],
      ["2024-01-02 03:04:05", "2024-01-02 03:04:05.25"]
    ],
    [
      "with offsets, moved to UTC",
      [
        "2024-01-02T03:04:05Z",
        "2024-01-02T03:04:05+02:00",
        "2024-01-02 03:04:05.5-0530",
        "2024-01-02T03:04:05+02"
      ],
      ["2024-01-02 03:04:05", "2024-01-02 01:04:05", "2024-01-02 08:34:05.5", "2024-01-02 01:04:05"]
    ],
    ["of months", ["2024-01", "2024-12"], ["2024-01-01 00:00:00", "2024-12-01 00:00:00"]],
    ["of years", ["2015"], ["2015-01-01 00:00:00"]],
    ["of compact dates", ["20240229"], ["2024-02-29 00:00:00"]],
    ["of American dates", ["1/31/2024", "02/01/2024"], ["2024-01-31 00:00:00", "2024-02-01 00:00:00"]],
    ["of European dates", ["31/1/2024", "01/02/2024"], ["2024-01-31 00:00:00", "2024-02-01 00:00:00"]],
    ["of dates with a month's name", ["02-Jan-2024"], ["2024-01-02 00:00:00"]]
  ])("%s", async (_, values, read) => {
    expect(await column(values, time)).toMatchObject({type: "TIMESTAMP", values: read, warnings: []});
  });

  it("is read in the format that the platform gives", async () => {
    const type: ColumnType = {dataType: "TIME", dataFormats: {time_format: "%d|%m|%y"}};
    expect(await column(["02|01|24"], type)).toMatchObject({
      type: "TIMESTAMP",
      values: ["2024-01-02 00:00:00"]
    });
  });

  it("says how it read dates that can be read in two ways", async () => {
    expect(await column(["01/02/2024"], time)).toMatchObject({
      values: ["2024-01-02 00:00:00"],
      warnings: ['column "x": dates are read with the month before the day']
    });
  });

  it.each([
    [["2024-01-02", "soon"], `"soon" can't be read as a time`],
    [["2024-01-02", "1/2/2024"], "its times are written in more than one way"],
    [["1/2/24"], `"1/2/24" can't be read as a time`],
    [["infinity"], `"infinity" can't be read as a time`]
  ])("of %j stays text", async (values, reason) => {
    const warnings = [`column "x" is kept as text, not TIME: ${reason}`];
    expect(await column(values, time)).toMatchObject({type: "VARCHAR", values, warnings});
  });

  it("moves an offset that comes late, too", async () => {
    const plain = Array<string>(3000).fill("2024-01-02 03:04:05");
    const result = await column([...plain, "2024-01-02T03:04:05+02:00"], time);
    expect(result.values.at(-1)).toBe("2024-01-02 01:04:05");
  });
});

it.each(["\n", "\r\n", "\r"])("lines end in %j, whatever line break is in a column's name", async (end) => {
  for (const name of ["a\rb", "a\nb", "a\r\nb"]) {
    const {rows, types} = await read([`"${name}",y`, "1,x", "2,z", ""].join(end), {[name]: integer});
    expect({rows, types}).toEqual({
      rows: [
        ["1", "x"],
        ["2", "z"]
      ],
      types: {[name]: "BIGINT", y: "VARCHAR"}
    });
  }
});

describe("TEXT and CATEGORICAL columns", () => {
  it("keep every value as written, and tell an empty one from none", async () => {
    const values = ["007", "NA", '""', "", '"a ""b"", c\nd"', " x "];
    expect(await column(values, words)).toMatchObject({
      type: "VARCHAR",
      values: ["007", "NA", "", null, 'a "b", c\nd', " x "],
      warnings: []
    });
  });
});

describe("long values", () => {
  it("are kept", async () => {
    const long = "x".repeat(5_000_000);
    expect((await column([long, "y"], words)).values).toEqual([long, "y"]);
  });

  it("that are too long are an error that says so", async () => {
    await expect(column(["x".repeat(9_000_000)], words)).rejects.toThrow(/line 2.*longer than 8388608 bytes/);
  });
});

describe("columns that the platform doesn't know", () => {
  it("are read as their values suggest", async () => {
    const {types, warnings} = await read("a,b,c,d\n1,2024-01-02,x,\n2,2024-01-03,3,\n");
    expect(types).toEqual({a: "BIGINT", b: "TIMESTAMP", c: "VARCHAR", d: "VARCHAR"});
    expect(warnings).toEqual([]);
  });

  it("are read as their values suggest, however late the first one comes", async () => {
    const empty = Array<string>(3000).fill(",NA,1");
    const csv = (...late: string[]) => ["n,t,x", ...empty, ...late, ""].join("\n");
    expect(await read(csv("5,2024-01-02,1", "6,,1"))).toMatchObject({
      types: {n: "BIGINT", t: "TIMESTAMP", x: "BIGINT"},
      runs: 2
    });
    const {types, rows} = await read(csv("5,soon,1", "word,,1"));
    expect(types).toEqual({n: "VARCHAR", t: "VARCHAR", x: "BIGINT"});
    expect([rows[0], rows.at(-2), rows.at(-1)]).toEqual([
      [null, "NA", "1"],
      ["5", "soon", "1"],
      ["word", null, "1"]
    ]);
    expect(await read(csv())).toMatchObject({types: {n: "VARCHAR", t: "VARCHAR"}, runs: 1});
  });

  it("are named, and so are those that it knows and aren't there", async () => {
    const {warnings} = await read("a,b\n1,2\n", {a: integer, c: integer});
    expect(warnings).toEqual([
      'column "b" has no type on the platform: it is read as its values suggest',
      'column "c" is known to the platform but not in the data'
    ]);
  });
});

describe("a header", () => {
  it("gives each column a name of its own", async () => {
    const {types, rows, warnings} = await read('a,,A,a,a_2,"x\ny",\n1,2,3,4,5,6,7\n');
    expect(Object.keys(types)).toEqual(["a", "Unnamed: 1", "A.2", "a.1", "a_2", "x\ny", "Unnamed: 6"]);
    expect(rows).toEqual([["1", "2", "3", "4", "5", "6", "7"]]);
    expect(warnings).toHaveLength(4);
    expect(warnings[0]).toBe('a column without a name is called "Unnamed: 1"');
  });

  it("finds the types of columns without a name, and of names that repeat, by pandas's names for them", async () => {
    const types = {"Unnamed: 0": integer, v: numeric, zip: words, "zip.1": integer, "v.1": time};
    expect(await read(",v,zip,zip,v\n0,1.5,01220,7,2024-01-02\n", types)).toMatchObject({
      types: {"Unnamed: 0": "BIGINT", v: "DOUBLE", zip: "VARCHAR", "zip.1": "BIGINT", "v.1": "TIMESTAMP"},
      rows: [["0", 1.5, "01220", "7", "2024-01-02 00:00:00"]]
    });
  });

  it.each([
    ["CR", "a,b\r1,2\r"],
    ["a BOM", "\uFEFFa,b\n1,2\n"],
    ["CRLF", "a,b\r\n1,2\r\n"],
    ["quotes", '"a","b"\n1,2\n'],
    ["no line ending at the end", "a,b\n1,2"]
  ])("may have %s", async (_, csv) => {
    const {types, rows} = await read(csv, {a: integer, b: numeric});
    expect(types).toEqual({a: "BIGINT", b: "BIGINT"});
    expect(rows).toEqual([["1", "2"]]);
  });

  it.each(["a,b,c", "a,b,c\n", "a,b,c\r\n"])(
    "without rows (%j) gives an empty table of the right types",
    async (csv) => {
      const {types, rows} = await read(csv, {a: integer, b: time, c: words});
      expect(types).toEqual({a: "BIGINT", b: "TIMESTAMP", c: "VARCHAR"});
      expect(rows).toEqual([]);
    }
  );
});

describe("rows", () => {
  it("of one column are none where they are blank, as in pandas, but a quoted empty text is one", async () => {
    expect((await read('x\n1\n\n2\n""\n\n', {x: words})).rows).toEqual([["1"], ["2"], [""]]);
    expect((await read("x\r\n\r\n1\r\n", {x: integer})).rows).toEqual([["1"]]);
  });

  it("of several columns are none where they are blank", async () => {
    expect((await read("a,b\n\n1,2\n\n", {a: integer, b: integer})).rows).toEqual([["1", "2"]]);
  });

  it("of one column may have a semicolon here and there", async () => {
    for (const csv of ["price; in USD\n1\n", "a\nx;y\nz\n", "a;b\nx;y\nz\n"]) {
      expect((await read(csv)).rows.length).toBeGreaterThan(0);
    }
  });
});

describe("what isn't CSV", () => {
  it.each<[string, string | Uint8Array, number | undefined, RegExp]>([
    ["an empty file", "", undefined, /is empty: there isn't even a header.*Upload data/],
    ["a file of blank lines", "\n\n", undefined, /is empty/],
    ["a quote of the header that doesn't close", 'a,"b\n1,2\n', 1, /quote in the CSV's header/],
    ["a quote that doesn't close", 'a,b\n1,2\n3,"4\n5,6\n', 3, /line 3.*opened and not closed.*begins "3,/],
    ["a row with too many values", "a,b\n1,2\n1,2,3\n", 3, /line 3.*3 values where the header has 2 names/],
    ["a row with too few values", "a,b\n1\n", 2, /1 values where the header has 2/],
    ["bytes that aren't UTF-8", Uint8Array.of(97, 10, 0xff, 10), 2, /line 2.*isn't UTF-8/],
    ["semicolons", "a;b\n1;2\n", undefined, /separated by ";", not by commas: write it with commas/],
    ["semicolons, quoted", '"a";"b"\n"1";"2"\n', undefined, /separated by ";", not by commas/],
    ["decimal commas", "a;b\n1,5;2\n", undefined, /separated by ";".*numbers with a decimal point/],
    ["tabs", "a\tb\r\n1\t2\r\n", undefined, /separated by tabs, not by commas/],
    ["bars", "a|b\n1|2\n", undefined, /separated by "[|]", not by commas/],
    [
      "Windows-1252 in the header alone",
      Buffer.from("pr\xe9nom,b\n1,2\n", "latin1"),
      1,
      /line 1.*prénom.*UTF-8/
    ],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), undefined, /gzip, not CSV/],
    ["a zip file", Buffer.from("PK\x03\x04rest"), undefined, /zip archive, not CSV/],
    ["Parquet", Buffer.from("PAR1\x15\x04"), undefined, /Parquet file, not CSV/],
    ["UTF-16", Buffer.from("\ufeffa,b\n1,2\n", "utf16le"), undefined, /UTF-16/],
    ["UTF-16 without a mark", Buffer.from("aa,bb\n1,2\n", "utf16le"), undefined, /UTF-16/]
  ])("such as %s is a CsvError that names the place and the mend", async (_, csv, line, message) => {
    const error: unknown = await read(csv, {a: numeric, b: numeric}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CsvError);
    expect((error as CsvError).message).toMatch(message);
    expect((error as CsvError).line).toBe(line);
  });

  it("is told from a mistake in the query of whoever reads it", async () => {
    const path = join(folder, "b.csv");
    await writeFile(path, "a\n1\n");
    const reading = readTypedCsv(connection, path, {}, () => connection.run("SELECT nothing"));
    await expect(reading).rejects.toThrow("Binder Error");
  });
});

describe("any table", () => {
  /** As a writer of RFC 4180 quotes: always, so that an empty text is told from none. */
  const field = (value: string | null) => (value === null ? "" : `"${value.replaceAll('"', '""')}"`);
  // A carriage return, a NUL or half of a surrogate pair isn't carried by CSV, UTF-8 or DuckDB's strings.
  const cell = fc
    .oneof(fc.string({unit: "binary"}), fc.stringMatching(/^[",\n ;a-z'0-9.é☃-]*$/))
    .filter((value) => !/[\r\0\p{Surrogate}]/u.test(value));

  it("of text comes out as it went in", async () => {
    const table = fc
      .integer({min: 2, max: 4})
      .chain((width) =>
        fc.array(fc.array(fc.option(cell), {minLength: width, maxLength: width}), {maxLength: 8})
      );
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const names = Array.from({length: rows[0]?.length ?? 2}, (_, i) => `c${i}`);
        const csv = [names, ...rows].map((row) => row.map(field).join(",") + "\n").join("");
        const types = Object.fromEntries(names.map((name) => [name, words]));
        expect((await read(csv, types)).rows).toEqual(rows);
      }),
      {numRuns: 60}
    );
  });

  it("of 64-bit numbers keeps every digit", async () => {
    const numbers = fc.array(fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}), {
      minLength: 1,
      maxLength: 20
    });
    await fc.assert(
      fc.asyncProperty(numbers, async (values) => {
        const {type, values: read} = await column(values.map(String), numeric);
        expect({type, read}).toEqual({type: "BIGINT", read: values.map(String)});
      }),
      {numRuns: 40}
    );
  });

  it("of floats keeps them bit by bit, unless they look like whole numbers that a DOUBLE bends", async () => {
    const numbers = fc.array(fc.double({noNaN: true, noDefaultInfinity: true}), {
      minLength: 1,
      maxLength: 20
    });
    await fc.assert(
      fc.asyncProperty(numbers, async (values) => {
        const {type, values: read} = await column([...values.map(String), "0.5"], numeric);
        if (type === "DOUBLE")
          expect(read.slice(0, -1).map(Number)).toEqual(values.map((value) => value + 0));
        else expect(read).toEqual([...values.map(String), "0.5"]);
      }),
      {numRuns: 40}
    );
  });
});

it.each([
  ["2024-01-02 03:04:05.125", "TIMESTAMP_MILLIS"],
  ["2024-01-02 03:04:05.123456", "TIMESTAMP_MICROS"]
])("writes times to Parquet with all their digits, also of a late one: %s", async (late, kind) => {
  const path = join(folder, "late.csv");
  const file = join(folder, `${kind}.parquet`);
  await writeFile(path, `t\n${"2024-01-02 03:04:05.5\n".repeat(3000)}${late}\n`);
  await readTypedCsv(connection, path, {t: time}, (table) => writeParquet(connection, table, file));
  const read = await connection.runAndReadAll(
    `SELECT max_by(t, i)::VARCHAR, (SELECT any_value(converted_type) FROM parquet_schema('${file}') WHERE name = 't') ` +
      `FROM (SELECT t, row_number() OVER () AS i FROM '${file}')`
  );
  expect(read.getRows()).toEqual([[late, kind]]);
});
