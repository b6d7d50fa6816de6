// What DuckDB-WASM's answers become in JavaScript: its own texts are what they are held to.
import type {Table} from "apache-arrow";
import fc from "fast-check";
import {beforeAll, describe, expect, it} from "vitest";
import type {Engine} from "../../lib/database/engine.js";
import {openEngine} from "./wasm-engine.js";

let engine: Engine;

beforeAll(async () => {
  engine = await openEngine();
});

const query = (text: string): Promise<Table> => engine.query({text, params: []});

/** The values of a query's columns, nested ones as JSON. */
async function columns(text: string): Promise<Record<string, unknown[]>> {
  const table = await query(text);
  const plain = (value: unknown): unknown =>
    typeof value === "object" && value !== null
      ? JSON.parse(
          JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner))
        )
      : value;
  return Object.fromEntries(
    table.schema.fields.map(({name}) => [name, Array.from(table.getChild(name)!, plain)])
  );
}

/** The query's one column, and what DuckDB writes of each value. */
async function besideText(type: string, values: string[]): Promise<{values: unknown[]; texts: unknown[]}> {
  const rows = values.map((value) => `(${value === "NULL" ? value : `'${value}'`})`).join(", ");
  const found = await columns(`SELECT v::${type} AS v, v::${type}::VARCHAR AS t FROM (VALUES ${rows}) x(v)`);
  return {values: found.v!, texts: found.t!};
}

describe("integers", () => {
  it("are numbers while all of their column are exact as numbers", async () => {
    const max = "9007199254740991";
    for (const type of ["BIGINT", "HUGEINT", "DECIMAL(38, 0)"]) {
      expect(await besideText(type, [max, `-${max}`, "NULL", "0"])).toMatchObject({
        values: [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, null, 0]
      });
    }
    for (const type of ["UBIGINT", "UHUGEINT"]) {
      expect(await besideText(type, [max, "NULL", "0"])).toMatchObject({
        values: [Number.MAX_SAFE_INTEGER, null, 0]
      });
    }
  });

  it("are bigints where one isn't, and text beyond 64 bits: each digit is kept", async () => {
    const beyond = "9007199254740993";
    const max64 = "9223372036854775807";
    expect(await columns(`SELECT ${beyond} AS n, hash(1) AS h, sum(x) AS s FROM range(3) t(x)`)).toEqual({
      n: [9007199254740993n],
      h: [expect.any(BigInt)],
      s: [3]
    });
    for (const type of ["BIGINT", "HUGEINT", "DECIMAL(38, 0)"]) {
      const {values} = await besideText(type, [beyond, `-${max64}`, "NULL", "1"]);
      expect(values, type).toEqual([BigInt(beyond), -BigInt(max64), null, 1n]);
    }
    expect((await besideText("UBIGINT", ["18446744073709551615"])).values).toEqual([18446744073709551615n]);
    const huge = "170141183460469231731687303715884105727";
    expect((await besideText("HUGEINT", [huge, `-${huge}`, "NULL", "1"])).values).toEqual([
      huge,
      `-${huge}`,
      null,
      "1"
    ]);
    expect((await besideText("UHUGEINT", ["340282366920938463463374607431768211455"])).values).toEqual([
      "340282366920938463463374607431768211455"
    ]);
  });

  it("of any size and type are never another value", async () => {
    const types = {
      BIGINT: [63n, true],
      UBIGINT: [64n, false],
      HUGEINT: [127n, true],
      UHUGEINT: [128n, false]
    };
    const column = fc.constantFrom(...Object.entries(types)).chain(([type, [bits, isSigned]]) =>
      fc.record({
        type: fc.constant(type),
        values: fc.array(
          fc.option(
            fc.bigInt({
              min: isSigned ? 1n - (1n << (bits as bigint)) : 0n,
              max: (1n << (bits as bigint)) - 1n
            })
          ),
          {minLength: 1, maxLength: 8}
        )
      })
    );
    await fc.assert(
      fc.asyncProperty(column, async ({type, values}) => {
        const found = await besideText(
          type,
          values.map((value) => (value === null ? "NULL" : `${value}`))
        );
        const written = (found.values as (bigint | number | string | null)[]).map((value) =>
          value?.toString()
        );
        expect(written).toEqual(found.texts.map((text) => text ?? undefined));
      }),
      {numRuns: 200}
    );
  });
});

describe("decimals", () => {
  it("are the nearest numbers", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt({min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n}),
        fc.integer({min: 1, max: 38}),
        async (unscaled, scale) => {
          const digits = `${unscaled < 0n ? -unscaled : unscaled}`.padStart(scale + 1, "0");
          const text = `${unscaled < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
          const {values} = await besideText(`DECIMAL(38, ${scale})`, [text, "NULL"]);
          expect(values).toEqual([Number(text), null]);
        }
      ),
      {numRuns: 200}
    );
  });
});

describe("times of day and intervals", () => {
  it("are text as DuckDB writes them", async () => {
    const times = ["00:00:00", "10:20:30.5", "23:59:59.999999", "NULL", "01:02:03.000001"];
    const time = await besideText("TIME", times);
    expect(time.values).toEqual(time.texts);

    const interval = fc
      .tuple(
        fc.integer({min: -100_000, max: 100_000}),
        fc.integer({min: -1_000_000, max: 1_000_000}),
        fc.bigInt({min: -(10n ** 14n), max: 10n ** 14n})
      )
      .map(([months, days, us]) => `${months} months ${days} days ${us} microseconds`);
    await fc.assert(
      fc.asyncProperty(fc.array(interval, {minLength: 1}), async (intervals) => {
        const {values, texts} = await besideText("INTERVAL", [...intervals, "0 days", "NULL"]);
        expect(values).toEqual(texts);
      })
    );
  });
});

describe("nested values", () => {
  it("are converted as plain ones are, a type for all values at one place", async () => {
    const found = await columns(`
      SELECT [x::BIGINT, NULL] AS list, {'t': TIME '10:20:30', 'i': INTERVAL '1' DAY, 'n': x::HUGEINT} AS struct,
        MAP {'k': [x::UBIGINT]} AS map, array_value(x::BIGINT, 2) AS fixed, [[1.50::DECIMAL(5, 2)]] AS deep
      FROM (VALUES (1), (9007199254740993)) t(x)`);
    expect(found).toEqual({
      list: [
        ["1n", null],
        ["9007199254740993n", null]
      ],
      struct: ["1n", "9007199254740993n"].map((n) => ({t: "10:20:30", i: "1 day", n})),
      map: [{k: ["1n"]}, {k: ["9007199254740993n"]}],
      fixed: [
        ["1n", "2n"],
        ["9007199254740993n", "2n"]
      ],
      deep: [[[1.5]], [[1.5]]]
    });
  });
});

describe("batches", () => {
  it("of one column have one type", async () => {
    const found = await columns(
      "SELECT CASE WHEN x % 1000 = 7 THEN NULL WHEN x = 5000 THEN 9007199254740993 ELSE x END AS n FROM range(6000) t(x)"
    );
    const expected = Array.from({length: 6000}, (_, x) =>
      x % 1000 === 7 ? null : x === 5000 ? 9007199254740993n : BigInt(x)
    );
    expect(found.n).toEqual(expected);
  });

  it("needn't be: a query without rows has its columns", async () => {
    const table = await query(
      `SELECT 1::BIGINT AS n, TIME '10:00:00' AS t, 1::HUGEINT AS h, [[TIME '10:00:00']] AS l,
        MAP {1::BIGINT: [{'at': INTERVAL 1 DAY}]} AS m LIMIT 0`
    );
    expect(table.numRows).toBe(0);
    expect(table.schema.fields.map(({name, type}) => `${name} ${String(type)}`)).toEqual([
      "n Float64",
      "t Utf8",
      "h Float64",
      "l List<List<Utf8>>",
      "m Map<{key:Float64, value:List<Struct<{at:Utf8}>>}>"
    ]);
  });
});
