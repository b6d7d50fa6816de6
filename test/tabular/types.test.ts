// The table in docs/loaders.md, row by row: what each SQL type becomes in each format, as a page reads it.
import {valueof, type Data} from "@observablehq/plot";
import type {DataType, Field, Table} from "apache-arrow";
import {describe, expect, it} from "vitest";
import {formats, type Format} from "../../lib/tabular/formats.js";
import {show} from "./show.js";
import {typeTable as rows, withoutTicks, worth} from "./type-table.js";
import {readAs, written} from "./written.js";

const firstOf = (table: Table) => {
  const [{type}] = table.schema.fields as [Field<DataType>];
  return {
    type: (type as {toString: () => string}).toString(),
    value: show(type, table.getChildAt(0)!.get(0))
  };
};

describe("the table of types", () => {
  it("is read", () => expect(rows.length).toBeGreaterThan(45));

  it.each(rows)("says what $sql becomes", async ({sql, expected}) => {
    const found = Object.fromEntries(
      await Promise.all(
        formats.map(async (format) => [
          format,
          await written(`CREATE TABLE result AS SELECT ${sql} AS x`, format)
        ])
      )
    ) as Record<Format, Awaited<ReturnType<typeof written>>>;

    expect(found.parquet.sqlTypes).toEqual([expected.parquet.text]);
    const arrow = firstOf(readAs.arrow(found.arrow.bytes));
    expect(`\`${arrow.type}\` \`${arrow.value}\``).toBe(expected.arrow.text);
    expect(worth(firstOf(readAs.parquet(found.parquet.bytes)).value)).toBe(worth(arrow.value));
    expect(readAs.csv(found.csv.bytes)[0]!.x).toBe(withoutTicks(expected.csv.text));
    expect(JSON.stringify(readAs.json(found.json.bytes)[0]!.x)).toBe(withoutTicks(expected.json.text));
    for (const format of formats) {
      const {warnings} = found[format];
      expect(warnings.length, `${format}: ${warnings.join()}`).toBe(expected[format].isWarnedOf ? 1 : 0);
      expect(warnings.every((warning) => warning.startsWith('column "x" '))).toBe(true);
    }
  });
});

const page = async (sql: string) => {
  const statements = `CREATE VIEW result AS SELECT ${sql} AS x`;
  const [parquet, arrow] = [await written(statements, "parquet"), await written(statements, "arrow")];
  return [readAs.parquet(parquet.bytes), readAs.arrow(arrow.bytes)].map((table) => firstOf(table).value);
};

/** A column of each row of the table. */
const all = rows.map(({sql}, i) => `CASE WHEN i < 0 THEN ${sql} END AS c${i}`).join(", ");
const names = rows.map((_, i) => `c${i}`);

describe("every type", () => {
  it("has its header without rows, and nothing else", async () => {
    const statements = `CREATE TABLE result AS SELECT ${all} FROM range(0) t(i)`;
    for (const format of ["parquet", "arrow"] as const) {
      const table = readAs[format]((await written(statements, format)).bytes);
      expect(table.numRows).toBe(0);
      expect(table.schema.fields.map(({name}) => name)).toEqual(names);
    }
    expect((await written(statements, "csv")).bytes.toString()).toBe(`${names.join(",")}\n`);
    expect(readAs.json((await written(statements, "json")).bytes)).toEqual([]);
  });

  it("may be null in every row", async () => {
    const statements = `CREATE TABLE result AS SELECT ${all} FROM range(3) t(i)`;
    for (const format of ["parquet", "arrow"] as const) {
      const table = readAs[format]((await written(statements, format)).bytes);
      for (const name of names) expect([...table.getChild(name)!], name).toEqual([null, null, null]);
    }
    const row = (value: unknown) => Object.fromEntries(names.map((name) => [name, value]));
    expect(readAs.csv((await written(statements, "csv")).bytes)).toEqual([row(""), row(""), row("")]);
    const {bytes} = await written(statements, "json");
    expect(readAs.json(bytes)).toEqual([row(null), row(null), row(null)]);
  });
});

describe("a nested value", () => {
  it("without names gets some", async () => {
    expect(await page("row(1, 'x')")).toEqual(['{v1: 1, v2: "x"}', '{v1: 1, v2: "x"}']);
  });

  it("that is missing is not one of missing parts", async () => {
    const sql = "[{'a': NULL::DECIMAL(3, 1)}, NULL]";
    expect(await page(sql)).toEqual(["[{a: null}, null]", "[{a: null}, null]"]);
    expect(await page("NULL::UNION(a DECIMAL(3, 1), b INTEGER)")).toEqual(["null", "null"]);
    expect(await page("MAP {'a': NULL::HUGEINT}")).toEqual(['Map {"a": null}', 'Map {"a": null}']);
  });

  it("is empty or long, and of other values in each row", async () => {
    const statements = `CREATE TABLE result AS SELECT range(i % 4) AS list, {'i': i, 'l': [i]} AS struct FROM range(5000) t(i)`;
    for (const format of ["parquet", "arrow"] as const) {
      const table = readAs[format]((await written(statements, format)).bytes);
      const types = Object.fromEntries(table.schema.fields.map(({name, type}) => [name, type as DataType]));
      for (const i of [0, 3, 2049, 4999]) {
        const at = (name: string) => worth(show(types[name]!, table.getChild(name)!.get(i)));
        expect(at("list")).toBe(`[${Array.from({length: i % 4}, (_, n) => n).join(", ")}]`);
        expect(at("struct")).toBe(`{i: ${i}, l: [${i}]}`);
      }
    }
  });

  it("may be of quantiles, whatever they are of", async () => {
    const quantiles = (value: string) => `(SELECT quantile_cont(${value}, [0.1, 0.9]) FROM range(11) t(i))`;
    expect(await page(quantiles("i::DECIMAL(9, 2)"))).toEqual(["[1, 9]", "[1, 9]"]);
    expect(await page(quantiles("i::DOUBLE"))).toEqual(["[1, 9]", "[1, 9]"]);
    const time = "[2024-01-02T00:00:00.000Z, 2024-01-10T00:00:00.000Z]";
    expect(await page(quantiles("TIMESTAMP '2024-01-01' + INTERVAL (i) DAY"))).toEqual([time, time]);
  });

  it("has keys in JSON that are texts, whatever they are in SQL", async () => {
    const keys = [
      "'NaN'::DOUBLE",
      "1.5::DECIMAL(3, 1)",
      "TIMESTAMP '2024-02-29 12:00:00'",
      "[1]",
      "{'a': 1::HUGEINT}",
      "true"
    ];
    const select = keys.map((key, i) => `MAP {${key}: ${i}} AS k${i}`).join(", ");
    const [row] = readAs.json((await written(`CREATE TABLE result AS SELECT ${select}`, "json")).bytes);
    expect(Object.values(row!).map((map) => Object.keys(map as object)[0])).toEqual([
      "nan",
      "1.5",
      "2024-02-29T12:00:00.000Z",
      "[1]",
      '{"a":1}',
      "true"
    ]);
  });
});

describe("times", () => {
  it("before the year 0 and after 9999 are what JavaScript's Date writes", async () => {
    const times = [
      "-000044-03-15T12:00:00.000Z",
      "0000-01-01T00:00:00.000Z",
      "+010000-01-01T00:00:00.250Z",
      "-271821-04-21T00:00:00.000Z",
      "+275760-09-12T00:00:00.000Z"
    ];
    const rows = times.map((time, i) => `(${i}, epoch_ms(${Date.parse(time)}))`).join(", ");
    const statements = `CREATE TABLE result AS SELECT x::TIMESTAMP AS x, x::DATE AS day FROM (VALUES ${rows}) t(i, x) ORDER BY i`;
    const days = times.map((time) => time.replace(/T.*/, ""));
    for (const format of ["csv", "json"] as const) {
      const {bytes, warnings} = await written(statements, format);
      expect(readAs[format](bytes).map(({x}) => x)).toEqual(times);
      expect(readAs[format](bytes).map(({day}) => day)).toEqual(days);
      expect(warnings).toEqual([]);
    }
    const table = readAs.arrow((await written(statements, "arrow")).bytes);
    expect([...table.getChild("x")!].map((x) => new Date(x as number).toISOString())).toEqual(times);
  });

  it("beside an infinity are texts with every digit", async () => {
    const sql = `CREATE TABLE result AS SELECT unnest([TIMESTAMP 'infinity', TIMESTAMP '2024-02-29 12:00:00.000001', NULL]) AS x`;
    const expected = ["infinity", "2024-02-29T12:00:00.000001Z", null];
    expect([...readAs.arrow((await written(sql, "arrow")).bytes).getChild("x")!]).toEqual(expected);
    expect([...readAs.parquet((await written(sql, "parquet")).bytes).getChild("x")!]).toEqual(expected);
    expect(readAs.json((await written(sql, "json")).bytes).map(({x}) => x)).toEqual(expected);
  });
});

describe("digits", () => {
  it("of the largest numbers of every type stay", async () => {
    const extremes: Record<string, string[]> = {
      TINYINT: ["-128", "127"],
      SMALLINT: ["-32768", "32767"],
      INTEGER: ["-2147483648", "2147483647"],
      BIGINT: ["-9223372036854775808", "9223372036854775807"],
      HUGEINT: ["-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"],
      UTINYINT: ["0", "255"],
      USMALLINT: ["0", "65535"],
      UINTEGER: ["0", "4294967295"],
      UBIGINT: ["0", "18446744073709551615"],
      UHUGEINT: ["0", "340282366920938463463374607431768211455"],
      "DECIMAL(38, 0)": ["-99999999999999999999999999999999999999", "99999999999999999999999999999999999999"],
      BIGNUM: ["-1".padEnd(60, "0"), "1".padEnd(60, "0")]
    };
    const names = Object.keys(extremes);
    const rows = [0, 1].map(
      (i) => `SELECT ${names.map((name, n) => `'${extremes[name]![i]}'::${name} AS c${n}`).join(", ")}`
    );
    const statements = `CREATE TABLE result AS ${rows.join(" UNION ALL ")}`;
    for (const format of formats) {
      const {bytes} = await written(statements, format);
      const read = readAs[format](bytes);
      for (const [n, name] of names.entries()) {
        const values = Array.isArray(read)
          ? read.map((row) => String(row[`c${n}`]))
          : [...read.getChild(`c${n}`)!].map((value) => show(read.schema.fields[n]!.type as DataType, value));
        expect(
          values.map((value) => value.replace(/n$|"/g, "")),
          `${name} in ${format}`
        ).toEqual(extremes[name]);
      }
    }
  });

  it("of hashes stay", async () => {
    const statements = `CREATE TABLE result AS SELECT hash(i) AS h, hash(i)::VARCHAR AS text FROM range(100) t(i)`;
    for (const format of ["arrow", "parquet"] as const) {
      const table = readAs[format]((await written(statements, format)).bytes);
      const type = table.schema.fields[0]!.type as DataType;
      const hashes = [...table.getChild("h")!].map((value) => worth(show(type, value)));
      expect(hashes).toEqual([...table.getChild("text")!]);
    }
    for (const format of ["csv", "json"] as const) {
      const rows = readAs[format]((await written(statements, format)).bytes);
      expect(rows.map(({h}) => h)).toEqual(rows.map(({text}) => text));
    }
  });
});

describe("in Parquet, Plot takes for dates", () => {
  const firsts = (table: Table, names: string[]) =>
    names.map((name) => (valueof(table as unknown as Data, name) as unknown[])[0]);

  it("days and times without microseconds, beside columns of every type", async () => {
    // Together they have all that is in the table.
    const statements = `CREATE TABLE result AS SELECT ${rows.map(({sql}, i) => `${sql} AS c${i}`).join(", ")}`;
    const {bytes} = await written(statements, "parquet");
    const table = readAs.parquet(bytes);
    const isDate = rows.map(({expected}) =>
      /Date64|Timestamp<MILLI/.test(expected.arrow.text.split("` ")[0]!)
    );
    const isNested = rows.map(({expected}) => /^`(List|Struct|Map)/.test(expected.arrow.text));
    const found = firsts(
      table,
      rows.map((_, i) => `c${i}`)
    ).map((value) => value instanceof Date);
    expect(found).toEqual(isDate.map((is, i) => is && !isNested[i]));
    expect(found.filter(Boolean)).toHaveLength(7);
  });

  it.each([
    [
      "without missing values",
      "SELECT DATE '1969-12-31' AS day, TIMESTAMP '1969-12-31 23:59:59.999' AS time"
    ],
    [
      "with some",
      "FROM (VALUES (DATE '1969-12-31', TIMESTAMP '1969-12-31 23:59:59.999'), (NULL, NULL)) t(day, time)"
    ]
  ])("those before 1970, %s", async (_, sql) => {
    const {bytes} = await written(`CREATE TABLE result AS ${sql}`, "parquet");
    expect(firsts(readAs.parquet(bytes), ["day", "time"])).toEqual([
      new Date("1969-12-31"),
      new Date("1969-12-31T23:59:59.999Z")
    ]);
  });
});
