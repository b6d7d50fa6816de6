// Column types, read off the data.
import {DuckDBInstance} from "@duckdb/node-api";
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it, onTestFinished} from "vitest";
import {columnTypes} from "../../lib/platform/column-types.js";
import {temporaryFolder} from "./support.js";

async function typesOf(csv: string): Promise<Record<string, string>> {
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
    expect(Object.keys(types)).toEqual(["a", "a.1", "Unnamed: 2", "b\nc", 'say "hi"', "a.1.1"]);
  });

  it("are TEXT where there are no rows", async () => {
    expect(await typesOf("a,b\n")).toEqual({a: "TEXT", b: "TEXT"});
    expect(await typesOf("a")).toEqual({a: "TEXT"});
  });

  it.each([
    ["", "The data is empty: it has no columns"],
    ["\n\n", "The data is empty: it has no columns"],
    ['a,"b\n1,2\n', "The data is not valid CSV: a quote in its first line does not end"],
    ["x".repeat(2 ** 20 + 1), "The data's first line is longer than 1048576 bytes"],
    [
      Array.from({length: 10_001}, (_, i) => `c${i}`).join(),
      "The data has 10001 columns; a dataset can have at most 10000"
    ],
    ["a,b\n1\n", /The data is not valid CSV: CSV Error on Line: 2 .*Expected Number of Columns: 2 Found: 1$/]
  ])("are refused for %.20j", async (csv, message) => {
    await expect(typesOf(csv)).rejects.toThrow(message);
  });
});
