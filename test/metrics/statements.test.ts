// What is made of the measures: TypeScript and SQL give the same rows, of random rows and histories.
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {
  autocorrelation,
  autocorrelationSql,
  baseline,
  baselineSql,
  calibration,
  calibrationSql,
  compare,
  comparePaired,
  growthInterval,
  histogram,
  histogramSql,
  leafRows,
  leafSql,
  measureIntervals,
  measureIntervalsOf,
  pairedSums,
  pairedSumsSql,
  profileSql,
  residuals,
  residualsSql,
  sumInterval,
  sumUp,
  sumUpSql,
  timeSums,
  timeSumsSql,
  tracking,
  trackingSql,
  wape,
  type ColumnProfile,
  type DescribedColumn,
  type PairedSums,
  type TimeSums
} from "../../lib/metrics/index.js";
import {calendarBins, calendarBinsSql} from "../../lib/metrics/calendar-bins.js";
import {expectSame, openDuckdb} from "./duckdb.js";

let duckdb: Awaited<ReturnType<typeof openDuckdb>>;
beforeAll(async () => {
  duckdb = await openDuckdb();
});
afterAll(() => duckdb.close());

const value = fc.oneof(
  {weight: 6, arbitrary: fc.integer({min: -99, max: 99})},
  {weight: 1, arbitrary: fc.constantFrom(0, null, NaN)}
);
const types = {
  version: "VARCHAR",
  sector: "VARCHAR",
  month: "TIMESTAMP",
  actual: "DOUBLE",
  forecast: "DOUBLE",
  lower: "DOUBLE",
  upper: "DOUBLE"
};
const month = (i: number) => new Date(Date.UTC(2015, i));
const row = fc.record({
  version: fc.constantFrom("ets", "mstl", "o'neill", null),
  sector: fc.constantFrom("Retail", "Mining", null),
  month: fc.option(fc.integer({min: 0, max: 5}).map(month)),
  actual: value,
  forecast: value,
  lower: value,
  upper: value
});
const table = fc.array(row, {maxLength: 60});

describe("TypeScript and SQL agree", () => {
  it("on sums of pairs, with what couldn't be paired", async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom("mstl", "o'neill"), async (rows, against) => {
        await duckdb.load("t", types, rows);
        for (const measure of ["wape", "rmse", "mape"] as const) {
          const options = {against, by: ["sector"], time: "month", measure};
          const sums = await duckdb.query(pairedSumsSql("t", options));
          expectSame(pairedSums(rows, options), sums);
          const few = {...options, repetitions: 20};
          expectSame(
            compare(rows, few).map(({interval: _, ...comparison}) => comparison),
            comparePaired(sums as unknown as PairedSums[], few) as unknown as Record<string, unknown>[]
          );
        }
      }),
      {numRuns: 60}
    );
  });

  it("on sums by time, bias over time and residuals", async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        await duckdb.load("t", types, rows);
        for (const by of [[], ["version"], ["sector", "version"]]) {
          const options = {by, time: "month"};
          expectSame(timeSums(rows, options), await duckdb.query(timeSumsSql("t", options)));
          expectSame(residuals(rows, options), await duckdb.query(residualsSql("t", options)));
          expectSame(tracking(rows, options), await duckdb.query(trackingSql("t", options)));
        }
        const options = {by: ["version"], time: "month", repetitions: 20};
        const sums = (await duckdb.query(timeSumsSql("t", options))) as TimeSums[];
        expect(measureIntervalsOf(sums, options)).toEqual(measureIntervals(rows, options));
      }),
      {numRuns: 60}
    );
  });

  it("on calibration", async () => {
    const options = {
      intervals: [{level: 0.8, lower: "lower", upper: "upper"}],
      quantiles: {upper: 0.9, forecast: 0.5}
    };
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        await duckdb.load("t", types, rows);
        for (const by of [[], ["sector", "version"]])
          expectSame(
            calibration(rows, {...options, by}),
            await duckdb.query(calibrationSql("t", {...options, by}))
          );
      }),
      {numRuns: 60}
    );
  });

  it("on autocorrelations and histograms", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(value, {maxLength: 40}), async (values) => {
        const rows = values.map((v, t) => ({v, t}));
        await duckdb.load("t", {t: "INTEGER", v: "DOUBLE"}, rows);
        const lags = Math.min(5, Math.max(0, values.length - 1));
        const statement = autocorrelationSql("t", {value: "v", time: "t", lags});
        expectSame(autocorrelation(values, 5), await duckdb.query(statement));
        expectSame(histogram(rows, "v", 7), await duckdb.query(histogramSql("t", "v", 7)));
      }),
      {numRuns: 80}
    );
  });

  it("on bins of times, which hold all of them in order and without gaps, in no more than asked for", async () => {
    const around = fc.integer({min: -4e12, max: 4e12});
    const within = fc.constantFrom(1, 977, 60_000, 3_600_000, 86_400_000, 7 * 86_400_000, 40 * 86_400_000);
    const grids = [
      fc.tuple(around, within).map(
        ([start, step]) =>
          (i: number) =>
            start + i * step
      ),
      fc.integer({min: -200, max: 300}).map((start) => (i: number) => Date.UTC(2000, start + i)),
      fc.integer({min: 1800, max: 2100}).map((start) => (i: number) => Date.UTC(start + i, 0))
    ];
    const times = fc
      .tuple(fc.oneof(...grids), fc.array(fc.integer({min: 0, max: 90}), {maxLength: 20}))
      .map(([at, places]) => places.map(at));
    await fc.assert(
      fc.asyncProperty(times, fc.integer({min: 2, max: 30}), async (times, most) => {
        await duckdb.load(
          "t",
          {x: "DOUBLE"},
          times.map((x) => ({x}))
        );
        const bins = calendarBins(Float64Array.from(times), most);
        expectSame(bins, await duckdb.query(calendarBinsSql("t", "x", most)));
        expect(bins.length).toBeLessThanOrEqual(most);
        for (const [i, {lower, upper, count}] of bins.entries()) {
          if (i) expect(lower).toBe(bins[i - 1]!.upper);
          if (lower < upper) expect(count).toBe(times.filter((x) => x >= lower && x < upper).length);
        }
        expect(bins.reduce((sum, {count}) => sum + count, 0)).toBe(times.length);
      }),
      {numRuns: 150}
    );
  });

  it("on naive and seasonal naive baselines, which never look past the origin", async () => {
    const history = fc.array(fc.record({sector: fc.constantFrom("a", "b"), actual: value}), {maxLength: 30});
    const forecasts = fc.array(
      fc.record({
        sector: fc.constantFrom("a", "b", "c", null),
        origin: fc.option(fc.integer({min: -1, max: 9})),
        horizon: fc.option(fc.constantFrom(0, 1, 2, 3, 7, 1.5))
      }),
      {maxLength: 20}
    );
    const places = {a: 0, b: 0} as Record<string, number>;
    await fc.assert(
      fc.asyncProperty(
        history,
        forecasts,
        fc.integer({min: 1, max: 4}),
        async (history, forecasts, season) => {
          Object.assign(places, {a: 0, b: 0});
          const known = history.map((row) => ({...row, time: places[row.sector]!++})).reverse();
          const asked = forecasts.map((row, id) => ({...row, id}));
          await duckdb.load("h", {sector: "VARCHAR", time: "INTEGER", actual: "DOUBLE"}, known);
          await duckdb.load(
            "f",
            {id: "INTEGER", sector: "VARCHAR", origin: "INTEGER", horizon: "DOUBLE"},
            asked
          );
          const options = {series: ["sector"], season};
          const ours = baseline(asked, known, options);
          const statement = `FROM (${baselineSql("f", "h", options)}) ORDER BY id`;
          expectSame(
            asked.map((row, i) => ({...row, baseline: ours[i]!})),
            await duckdb.query(statement)
          );
          const before = (row: (typeof asked)[number]) =>
            known.filter(({time}) => time <= (row.origin ?? -1));
          expect(
            asked.map(
              (row) => baseline([row], [...before(row), {sector: "z", time: 0, actual: 0}], options)[0]
            )
          ).toEqual(ours);
        }
      ),
      {numRuns: 80}
    );
  });

  it("on sums of a hierarchy", async () => {
    const parents = {
      shop1: "north",
      shop2: "north",
      shop3: "south",
      north: "country",
      south: "country",
      country: null
    };
    const rows = fc.array(
      fc.record({
        series: fc.constantFrom(...(Object.keys(parents) as (keyof typeof parents)[])),
        month: fc.integer({min: 0, max: 2}),
        actual: value
      }),
      {maxLength: 30}
    );
    await fc.assert(
      fc.asyncProperty(rows, async (drawn) => {
        const data = drawn.map((row) => ({...row, parent: parents[row.series]}));
        const columns = {series: "VARCHAR", month: "INTEGER", actual: "DOUBLE", parent: "VARCHAR"};
        await duckdb.load("t", columns, data);
        for (const total of ["Total", "country"]) {
          const options = {by: ["month"], values: ["actual"], total};
          expectSame(sumUp(data, options), await duckdb.query(sumUpSql("t", options)));
        }
        expectSame(leafRows(data), await duckdb.query(`FROM t WHERE ${leafSql("t")}`));
      }),
      {numRuns: 60}
    );
  });
});

describe("what pages rely on", () => {
  it("the seasonal naive forecast of fpp3, section 5.2: the last season again and again", () => {
    const history = [10, 20, 30, 40, 11, 21, 31, 41].map((actual, time) => ({actual, time}));
    const forecasts = [1, 2, 3, 4, 5, 8, 9].map((horizon) => ({origin: 7, horizon}));
    expect(baseline(forecasts, history, {season: 4})).toEqual([11, 21, 31, 41, 11, 41, 11]);
    expect(baseline(forecasts, history)).toEqual(forecasts.map(() => 41));
  });

  it("a comparison that tells what it left out, and is the same each time", () => {
    const rows = Array.from({length: 24}, (_, time) => [
      {version: "ets", time, actual: 100 + time, forecast: 101 + time},
      {version: "mstl", time, actual: 100 + time, forecast: 104 + time - (time % 3)}
    ]).flat();
    const lonely = {version: "ets", time: 99, actual: 1, forecast: 1};
    const options = {against: "mstl", by: [], measure: "mae"} as const;
    const [ets] = compare([...rows, lonely, rows[0]!], options);
    expect(ets).toMatchObject({
      version: "ets",
      against: "mstl",
      pairs: 23,
      times: 23,
      unpaired: 1,
      repeated: 1
    });
    expect(ets!.difference).toBeLessThan(0);
    expect(ets!.interval![1]).toBeLessThan(0);
    expect(ets!.pValue).toBeLessThan(0.01);
    expect(compare([...rows, lonely, rows[0]!], options)).toEqual([ets]);
  });

  it("growth and sums with their intervals", () => {
    expect(growthInterval(200, {forecast: 210, lower: 190, upper: 240})).toEqual({
      growth: expect.closeTo(0.05) as number,
      lower: expect.closeTo(-0.05) as number,
      upper: expect.closeTo(0.2) as number
    });
    expect(growthInterval(0, {forecast: 1, lower: 1, upper: 1})).toBeNull();
    const two = [
      {forecast: 10, lower: 7, upper: 13},
      {forecast: 20, lower: 16, upper: 24}
    ];
    expect(sumInterval(two, {errors: "together"})).toEqual({forecast: 30, lower: 23, upper: 37});
    expect(sumInterval(two, {errors: "independent"})).toEqual({forecast: 30, lower: 25, upper: 35});
    expect(sumInterval([], {errors: "together"})).toBeNull();
  });

  it("a measure over leaves only, and an error for a series that is a part of itself", () => {
    const rows = [
      {series: "all", parent: null, actual: 30, forecast: 0},
      {series: "a", parent: "all", actual: 10, forecast: 11},
      {series: "b", parent: "all", actual: 20, forecast: 18}
    ];
    expect(wape(leafRows(rows))).toBeCloseTo(0.1);
    const circle = [
      {series: "a", parent: "b", v: 1},
      {series: "b", parent: "a", v: 1},
      {series: "c", parent: "a", v: 1}
    ];
    expect(() => sumUp(circle, {values: ["v"]})).toThrow('The series "a" is a part of itself');
  });

  it("a histogram of months whose bins are years, not 7 months here and 5 there", async () => {
    const rows = Array.from({length: 120}, (_, i) => ({t: month(i)}));
    await duckdb.load("m", {t: "TIMESTAMP"}, rows);
    const [profile] = await duckdb.query(profileSql("m", [{name: "t", type: "TIMESTAMP"}]));
    const bins = profile!.histogram as {items: {entries: unknown}[]} | unknown[] as {
      lower: number;
      count: number;
    }[];
    expect(bins.map(({lower, count}) => [new Date(lower).toISOString().slice(0, 10), count])).toEqual(
      Array.from({length: 10}, (_, i) => [`${2015 + i}-01-01`, 12])
    );
  });

  it.each([
    ["millisecond", 0.02, "2023-05-17T13:47:11.003Z", 0.001],
    ["second", 18, "2023-05-17T13:47:11.000Z", 1],
    ["quarter of an hour", 4 * 3600, "2023-05-17T13:45:00.000Z", 900],
    ["3 hours", 2 * 86_400, "2023-05-17T12:00:00.000Z", 3 * 3600],
    ["day", 18 * 86_400, "2023-05-17T00:00:00.000Z", 86_400],
    ["week from Monday", 90 * 86_400, "2023-05-15T00:00:00.000Z", 7 * 86_400],
    ["month", 500 * 86_400, "2023-05-01T00:00:00.000Z", 31 * 86_400],
    ["quarter", 1500 * 86_400, "2023-04-01T00:00:00.000Z", 91 * 86_400],
    ["year", 6000 * 86_400, "2023-01-01T00:00:00.000Z", 365 * 86_400],
    ["10 years", 40_000 * 86_400, "2020-01-01T00:00:00.000Z", 3653 * 86_400]
  ])("a %s as the bin of times within %d s", (_, seconds, start, length) => {
    const first = Date.UTC(2023, 4, 17, 13, 47, 11, 3);
    const [bin] = calendarBins(Float64Array.of(first, first + 1000 * seconds - 1), 20);
    expect([new Date(bin!.lower).toISOString(), (bin!.upper - bin!.lower) / 1000]).toEqual([start, length]);
  });

  it("bins of whole numbers that hold as many of these each, and end between two", async () => {
    const rows = (values: number[]) => values.map((v) => ({v}));
    const edges = async (values: number[], type: string) => {
      await duckdb.load("w", {v: type}, rows(values));
      const [profile] = await duckdb.query(profileSql("w", [{name: "v", type}]));
      const made = histogram(rows(values), "v");
      expectSame(made, await duckdb.query(histogramSql("w", "v")));
      const inProfile = profile!.histogram as typeof made;
      return [inProfile[0]!.lower, inProfile.at(-1)!.upper, inProfile.length, made[0]!.lower, made.length];
    };
    const horizons = Array.from({length: 240}, (_, i) => (i % 12) + 1);
    expect(await edges(horizons, "INTEGER")).toEqual([0.5, 12.5, 12, 0.5, 12]);
    expect(await edges(horizons, "DOUBLE")).toEqual([0.5, 12.5, 12, 0.5, 12]);
    expect(await edges([0, 47], "BIGINT")).toEqual([-0.5, 47.5, 16, -0.5, 2]);
    expect(await edges([-3, 0.5, 3], "DOUBLE")).toEqual([-3, 3, 20, -3, 2]);
    expect(await edges([-3e300, 3e300], "DOUBLE")).toEqual([-3e300, 3e300, 20, -3e300, 2]);
  });

  it("a profile of instants in UTC, whatever the session's zone", async () => {
    const instants = ["2024-03-10 07:30:00+00", "2024-03-10 20:00:00+00", "infinity"];
    await duckdb.query("SET TimeZone = 'Asia/Kolkata'");
    await duckdb.query(
      `CREATE OR REPLACE TABLE zoned AS SELECT unnest([${instants.map((text) => `TIMESTAMPTZ '${text}'`).join(", ")}]) AS t`
    );
    const [{type}] = (await duckdb.query("SELECT column_type AS type FROM (DESCRIBE zoned)")) as [
      {type: string}
    ];
    const [profile] = await duckdb.query(profileSql("zoned", [{name: "t", type}]));
    await duckdb.query("RESET TimeZone");
    expect(profile).toMatchObject({
      kind: "time",
      min: "2024-03-10 07:30:00+00",
      max: "infinity",
      mean: Date.UTC(2024, 2, 10, 13, 45)
    });
    const bins = profile!.histogram as {lower: number; upper: number; count: number}[];
    expect([bins[0]!.lower, bins.at(-1)!.upper].map((at) => new Date(at).toISOString())).toEqual([
      "2024-03-10T07:00:00.000Z",
      "2024-03-10T21:00:00.000Z"
    ]);
    const top = profile!.top as {value: string}[];
    expect(top.map(({value}) => value).sort()).toEqual([...instants].sort());
  });

  it("a profile of columns of every kind and name", async () => {
    const odd = 'the "y" of o\'neill; --';
    await duckdb.load(
      'odd "t"'.replaceAll('"', ""),
      {[odd]: "DOUBLE", day: "DATE", name: "VARCHAR", list: "INTEGER[]", ok: "BOOLEAN", none: "INTEGER"},
      [
        {[odd]: 1, day: new Date("2020-01-01"), name: "a"},
        {[odd]: 2, day: new Date("2020-01-03"), name: "<b>"},
        {[odd]: NaN, day: null, name: "<b>"},
        {[odd]: null, day: null, name: null}
      ]
    );
    const columns = await duckdb.query(
      'SELECT column_name AS name, column_type AS type FROM (DESCRIBE "odd t")'
    );
    const profile = await duckdb.query(
      profileSql("odd t", columns as unknown as DescribedColumn[], {bins: 2})
    );
    const [y, day, name, list, ok, none] = profile as unknown as ColumnProfile[];
    expect(y).toMatchObject({column: odd, type: "DOUBLE", kind: "number", rows: 4, missing: 1, mean: 1.5});
    expect(y!.min).toBe("1.0");
    const items = (list: unknown) => list as {items: {entries: unknown}[]} | unknown[] as unknown[];
    expect(items(y!.histogram)).toEqual([
      {lower: 0.5, upper: 1.5, count: 1},
      {lower: 1.5, upper: 2.5, count: 1}
    ]);
    expect(items(y!.quantiles)[2]).toBe(1.5);
    expect(items(day!.histogram)).toEqual([
      {lower: Date.UTC(2019, 11, 30), upper: Date.UTC(2020, 0, 6), count: 2}
    ]);
    expect(day).toMatchObject({kind: "time", missing: 2, min: "2020-01-01", mean: Date.UTC(2020, 0, 2)});
    expect(name).toMatchObject({kind: "text", missing: 1, mean: null, histogram: null, max: "a"});
    expect(items(name!.top)).toEqual([
      {value: "<b>", count: 2},
      {value: "a", count: 1}
    ]);
    expect([list!.kind, ok!.kind, none!.kind]).toEqual(["other", "boolean", "number"]);
    expect(none).toMatchObject({missing: 4, min: null, mean: null});
    expect([items(none!.top), items(none!.histogram)]).toEqual([[], []]);
    const exact = await duckdb.query(
      profileSql("odd t", columns as unknown as DescribedColumn[], {exact: true})
    );
    expect(exact.map(({distinct}) => distinct)).toEqual([3, 2, 2, 0, 0, 0]);
  });
});
