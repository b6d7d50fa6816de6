// TypeScript and SQL give the same of the same rows: zeros, nulls, NaN, infinities, no rows at all, and groups.
import {tableFromArrays} from "apache-arrow";
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {
  crps,
  macros,
  measures,
  naiveError,
  naiveErrorSql,
  summarize,
  summarySql,
  weightedIntervalScore,
  type MeasureName
} from "../../lib/metrics/index.js";
import {expectSame, openDuckdb} from "./duckdb.js";

let duckdb: Awaited<ReturnType<typeof openDuckdb>>;
const names = Object.keys(measures) as MeasureName[];

beforeAll(async () => {
  duckdb = await openDuckdb();
  for (const macro of macros) await duckdb.query(macro);
});

afterAll(() => duckdb.close());

const columns = [
  "actual",
  "forecast",
  "lower",
  "upper",
  "scale",
  "squaredScale",
  "baseline",
  "level",
  "probability"
] as const;
type Row = Record<(typeof columns)[number], number | null> & {sector: string | null; month: Date | null};

const value = fc.oneof(
  {weight: 8, arbitrary: fc.double({min: -1e6, max: 1e6, noNaN: true}).map((x) => Math.round(x * 1e3) / 1e3)},
  {weight: 2, arbitrary: fc.integer({min: -9, max: 9})},
  {weight: 3, arbitrary: fc.constantFrom(0, null, NaN, Infinity, -Infinity)}
);
const share = fc.oneof(
  {weight: 8, arbitrary: fc.integer({min: 1, max: 99}).map((x) => x / 100)},
  {weight: 2, arbitrary: fc.constantFrom(0, 1, 90, -0.5, null, NaN)}
);
const row: fc.Arbitrary<Row> = fc.record({
  actual: value,
  forecast: value,
  lower: value,
  upper: value,
  scale: value,
  squaredScale: value,
  baseline: value,
  level: share,
  probability: share,
  sector: fc.constantFrom("Retail", "Mining", "café", null),
  month: fc.constantFrom(new Date("2015-01-01"), new Date("2015-02-01"), null)
});

const types = {
  sector: "VARCHAR",
  month: "TIMESTAMP",
  ...Object.fromEntries(columns.map((name) => [name, "DOUBLE"]))
};
const load = (rows: Row[]) => duckdb.load("t", types, rows);
const query = (sql: string) => duckdb.query(sql);

describe("TypeScript and SQL agree", () => {
  it("on every measure of whatever rows, whole and by group", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, {maxLength: 25}), async (rows) => {
        await load(rows);
        for (const by of [[], ["sector"], ["month", "sector"]]) {
          const ours = summarize(rows, {by, measures: names});
          expectSame(ours, await query(summarySql("t", {by, measures: names})));
        }
      }),
      {numRuns: 150}
    );
  });

  it("on the macros, and on columns of other names", async () => {
    const numbers = {actual: 10, forecast: 12, lower: 9, upper: 13, scale: 2, squaredScale: 4};
    const shares = {level: 0.8, probability: 0.25};
    await load([{...numbers, ...shares, baseline: 13, sector: "a", month: null}]);
    const calls = names.map((name) => `${name}(${measures[name].reads.join(", ")})::DOUBLE AS ${name}`);
    const [expected] = summarize(await query("FROM t"), {measures: names});
    expect(await query(`SELECT ${calls.join(", ")} FROM t`)).toEqual([expected]);
    await duckdb.query(`CREATE OR REPLACE TABLE odd AS SELECT actual AS "the ""y""", forecast AS "ŷ" FROM t`);
    const odd = {actual: 'the "y"', forecast: "ŷ"};
    expect(await query(summarySql("odd", {measures: ["wape", "bias"], ...odd}))).toEqual(
      summarize(await query("FROM odd"), {measures: ["wape", "bias"], ...odd})
    );
  });

  it("on scores of several quantiles", async () => {
    const quantiles = {lower: 0.1, forecast: 0.5, upper: 0.975};
    await fc.assert(
      fc.asyncProperty(fc.array(row, {maxLength: 25}), async (rows) => {
        await load(rows);
        for (const score of [weightedIntervalScore(quantiles), crps(quantiles)]) {
          expectSame([{score: score(rows)}], await query(`SELECT ${score.sql()} AS score FROM t`));
        }
      }),
      {numRuns: 30}
    );
  });

  it("on the naive error of histories with gaps, in whatever order", async () => {
    const history = fc.array(fc.oneof(fc.integer({min: -99, max: 99}), fc.constantFrom(null, NaN)), {
      maxLength: 30
    });
    await fc.assert(
      fc.asyncProperty(history, fc.integer({min: 1, max: 12}), async (values, season) => {
        const rows = values.map((y, t) => ({t, y})).reverse();
        await duckdb.load("h", {t: "INTEGER", y: "DOUBLE"}, rows);
        for (const error of ["absolute", "squared"] as const) {
          const history = {actual: "y", time: "t", season, error};
          const [{scale}] = (await query(`SELECT ${naiveErrorSql(history)} AS scale FROM h`)) as [
            {scale: number | null}
          ];
          const ours = naiveError(rows, history);
          if (ours === null) expect(scale).toBeNull();
          else expect(scale).toBeCloseTo(ours, 8);
        }
      }),
      {numRuns: 60}
    );
  });
});

describe("what a measure is of", () => {
  const {wape, mape, smape, mase, coverage, bias, pairs} = measures;

  it("rows, columns and Arrow tables alike, with integers of any width", () => {
    const arrow = tableFromArrays({actual: BigInt64Array.of(100n, 200n), forecast: Int32Array.of(110, 190)});
    const rows = [
      {actual: 100, forecast: 110},
      {actual: 200n, forecast: 190}
    ];
    expect(wape(rows)).toBeCloseTo(20 / 300);
    expect(wape({actual: [100, 200], forecast: [110, 190]})).toBe(wape(rows));
    expect(wape(arrow)).toBe(wape(rows));
    expect(wape(arrow.toArray() as object[])).toBe(wape(rows));
    expect(
      wape(
        [
          {y: 100, yhat: 110},
          {y: 200, yhat: 190}
        ],
        {actual: "y", forecast: "yhat"}
      )
    ).toBe(wape(rows));
  });

  it("zeros: no percentage error, but a weight, and right if forecast", () => {
    const zeros = {actual: [0, 0], forecast: [0, 1]};
    expect([mape(zeros), wape(zeros), smape(zeros)]).toEqual([null, null, 1]);
    expect(mape({actual: [0, 10], forecast: [5, 11]})).toBeCloseTo(0.1);
    expect(wape({actual: [0, 10], forecast: [5, 11]})).toBeCloseTo(0.6);
    expect(mase({actual: [1], forecast: [2], scale: [0]})).toBeNull();
  });

  it("nothing: null, and no pairs", () => {
    for (const name of names) expect(measures[name]([]), name).toBe(name === "pairs" ? 0 : null);
    expect(bias({actual: [1, null, NaN], forecast: [null, 1, 1]})).toBeNull();
    expect(pairs({actual: [1, null, 3], forecast: [1, 2, 2]})).toBe(2);
  });

  it("the ends of an interval, which belong to it", () => {
    expect(coverage({actual: [1, 2, 3], lower: [1, 1, 1], upper: [2, 2, 2]})).toBeCloseTo(2 / 3);
  });

  it("what isn't there or is no number: an error that names it", () => {
    expect(() => wape([{y: 1, forecast: 2}])).toThrow('There is no column "actual". There are: y, forecast.');
    expect(() => wape({actual: [1]})).toThrow('There is no column "forecast". There are: actual.');
    expect(() => wape(tableFromArrays({actual: [1]}))).toThrow(
      'There is no column "forecast". There are: actual.'
    );
    expect(() => wape([{actual: 1, forecast: "2"}])).toThrow('Column "forecast" holds the text "2" in row 1');
    expect(() => naiveError([], {season: 0})).toThrow("The season is 0");
  });
});

describe("summarize", () => {
  it("gives a row a group, in order, with null last", () => {
    const rows = [
      {version: "mstl", actual: 10, forecast: 11},
      {version: null, actual: 10, forecast: 10},
      {version: "ets", actual: 10, forecast: 12},
      {version: "ets", actual: 10, forecast: 10}
    ];
    expect(summarize(rows, {by: ["version"], measures: ["wape", "pairs"]})).toEqual([
      {version: "ets", wape: 0.1, pairs: 2},
      {version: "mstl", wape: 0.1, pairs: 1},
      {version: null, wape: 0, pairs: 1}
    ]);
    expect(summarize([], {by: ["version"]})).toEqual([]);
    expect(summarize([])).toEqual([{wape: null}]);
  });
});
