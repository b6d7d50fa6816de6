// Column types, read off the data.
import {DuckDBInstance} from "@duckdb/node-api";
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {describe, expect, it, onTestFinished} from "vitest";
import {columnTypes} from "../../lib/platform/column-types.js";
import {temporaryFolder} from "./support.js";

async function typesOf(csv: string | Buffer): Promise<Record<string, string>> {
  const path = join(await temporaryFolder(), "it's.csv");
  await writeFile(path, csv);
  const duckdb = await DuckDBInstance.create(":memory:", {memory_limit: "256MB", threads: "2"});
  onTestFinished(() => duckdb.closeSync());
  const types = await columnTypes(duckdb, path);
  const short = ({data_type, data_formats}: (typeof types)[string]) =>
    [data_type, ...Object.values(data_formats)].join(" ");
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, short(type)]));
}

const column = async (values: string[]) =>
  (await typesOf("x\n" + values.map((value) => value + "\n").join("")))["x"];

describe("column types", () => {
  it.each(["\n", "\r\n", "\r"])(
    "are read off lines that end in %j, whatever is in a column's name",
    async (end) => {
      for (const name of ["a\rb", "a\nb", "a\r\nb"]) {
        expect(await typesOf([`"${name}"`, "1", "2", ""].join(end))).toEqual({[name]: "NUMERIC INTEGER"});
      }
    }
  );

  it.each([
    ["NUMERIC INTEGER", ["1", "-2", "+3", "0", '""', "900719925474099312345"]],
    ["NUMERIC", ["1", "2.5", "-.5", "1e-9", "NaN", "inf"]],
    ["TIME", ["2006-01-01", "2006-02-01 10:30:00", "2006-03-01T10:30:00Z", ""]],
    ["TIME", ["2006/01/31"]],
    ["CATEGORICAL", ["Mining", "Retail", "Mining", "Retail"]],
    ["CATEGORICAL", ["True", "False", "True", "True"]],
    ["TEXT", ["Alice", "Bob"]],
    ["TEXT", ["00123", "00456"]],
    ["TEXT", ["2006-13-45"]],
    ["TEXT", ["12:30"]],
    ["TEXT", ["1_000"]],
    ["TEXT", ["epoch"]],
    ["TEXT", ["", ""]],
    ["TEXT", ["1", "two"]]
  ])("%s is the type of %j", async (type, values) => {
    expect(await column(values.map((value) => value || '""'))).toBe(type);
  });

  it("hold for the whole file, however late it differs", async () => {
    const early = Array.from({length: 30_000}, (_, i) => String(i));
    expect(await column([...early, "1.5"])).toBe("NUMERIC");
    expect(await column([...early, "none"])).toBe("TEXT");
    expect(await column([...early.map(() => '""'), "7"])).toBe("NUMERIC INTEGER");
  });

  it("are CATEGORICAL up to 1000 values", async () => {
    const cycle = (values: number) => Array.from({length: 40_000}, (_, i) => `v${i % values}`);
    expect(await column(cycle(500))).toBe("CATEGORICAL");
    expect(await column(cycle(2000))).toBe("TEXT");
  });

  it("belong to names as pandas tells them apart", async () => {
    const types = await typesOf('\ufeffa,a,,"b\nc","say ""hi""",a.1\r\n1,2,3,4,5,6\r\n');
    expect(Object.keys(types)).toEqual(["a", "a.2", "Unnamed: 2", "b\nc", 'say "hi"', "a.1"]);
  });

  it("are TEXT where there are no rows", async () => {
    expect(await typesOf("a,b\n")).toEqual({a: "TEXT", b: "TEXT"});
    expect(await typesOf("a")).toEqual({a: "TEXT"});
  });

  it.each([
    ["", /the dataset is empty/],
    ["\n\n", /the dataset is empty/],
    ['a,"b\n1,2\n', "line 1: a quote in the CSV's header is opened and never closed"],
    ["x".repeat(2 ** 22 + 1), "line 1 of the CSV is longer than 4194304 bytes"],
    [
      Array.from({length: 10_001}, (_, i) => `c${i}`).join(),
      "the data has 10001 columns; a dataset can have at most 10000"
    ],
    ["a,b\n1,2\n1\n", /line 3 of the dataset's CSV.*has 1 values where the header has 2 names/],
    ["a,b\n1,2\r\n3\n", /line 3 of the dataset's CSV.*has 1 values where the header has 2 names/],
    ['a,b\n1,"2\n3,4\n', /a quote/],
    [Buffer.from("caf\xe9,n\n1,2\n", "latin1"), 'line 1: the column name "caf\xe9" isn\'t UTF-8'],
    [
      Buffer.from("name,n\ncaf\xe9,2\n", "latin1"),
      /line 2 of the dataset's CSV can't be read: it isn't UTF-8/
    ],
    ["a;b\n1;2\n", 'the data is separated by ";", not by commas'],
    [gzipSync("a,b\n1,2\n"), /compressed by gzip/],
    [Buffer.from("PK\x03\x04 and so on", "latin1"), /an Excel workbook or another zip archive/],
    [Buffer.from("\ufeffa,b\n1,2\n", "utf16le"), /text in UTF-16/],
    [Buffer.from("a,b\n1,2\n", "utf16le"), /text in UTF-16/],
    [Buffer.from("a,b\n1,2\n", "utf16le").swap16(), /text in UTF-16/]
  ])("are refused for %.20j", async (csv, message) => {
    await expect(typesOf(csv)).rejects.toThrow(message);
  });

  it("are refused for text late in a file that isn't UTF-8, in whatever column", async () => {
    const rows = Array.from({length: 30_000}, (_, i) => `${i},text ${i},`);
    const csv = Buffer.concat([
      Buffer.from(["a,b,c", ...rows, ""].join("\n")),
      Buffer.from("1,caf\xe9,\n", "latin1")
    ]);
    await expect(typesOf(csv)).rejects.toThrow("line 30002");
  });

  it("leave out blank lines of a single column, and keep those that are quoted", async () => {
    expect(await typesOf("n\n1\n\n2\n\n")).toEqual({n: "NUMERIC INTEGER"});
    expect(await typesOf("\ufeffn\r1\r2\r")).toEqual({n: "NUMERIC INTEGER"});
  });

  it("of 600 columns take no more memory than the columns have", {timeout: 180_000}, async () => {
    const columns = Array.from({length: 600}, (_, i) => i);
    const lines = [
      columns.map((i) => `c${i}`).join(),
      ...Array.from({length: 3}, (_, row) =>
        columns.map((i) => [row, row + 0.5, `text ${row}`, `2024-01-0${row + 1}`][i % 4]).join()
      )
    ];
    const before = process.memoryUsage().rss;
    const types = await typesOf(lines.join("\n"));
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20);
    expect(Object.values(types).slice(-4)).toEqual(["NUMERIC INTEGER", "NUMERIC", "TEXT", "TIME"]);
  });
});
