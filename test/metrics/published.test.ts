// The measures against published worked values, in TypeScript and in SQL.
import {DuckDBInstance, type DuckDBConnection} from "@duckdb/node-api";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {
  measures,
  naiveError,
  naiveErrorSql,
  type Columns,
  type MeasureName
} from "../../lib/metrics/index.js";

let duckdb: DuckDBConnection;

beforeAll(async () => {
  duckdb = await (await DuckDBInstance.create()).connect();
});

afterAll(() => duckdb.closeSync());

/** The measure as SQL gives it of the same columns. */
async function inSql(name: MeasureName, data: Record<string, number[]>, columns: Columns = {}) {
  const lists = Object.entries(data).map(([column, values]) => `unnest([${values.join(", ")}]) AS ${column}`);
  const result = await duckdb.runAndReadAll(
    `SELECT ${measures[name].sql(columns)} AS value FROM (SELECT ${lists.join(", ")})`
  );
  return Number(result.getRowObjectsJS()[0]!.value);
}

/** Checks both languages against a value that was published with so many digits. */
async function expectBoth(
  name: MeasureName,
  data: Record<string, number[]>,
  published: number,
  digits: number,
  columns?: Columns
) {
  expect(measures[name](data, columns), `${name} in TypeScript`).toBeCloseTo(published, digits);
  expect(await inSql(name, data, columns), `${name} in SQL`).toBeCloseTo(published, digits);
}

// Quarterly Australian beer production in megalitres, 1992 Q1 to 2010 Q2 (Australian Bureau of Statistics 8301.0.55.001).
// prettier-ignore
const beer = [
  443, 410, 420, 532, 433, 421, 410, 512, 449, 381, 423, 531, 426, 408, 416, 520, 409, 398, 398, 507, 432, 398, 406, 526,
  428, 397, 403, 517, 435, 383, 424, 521, 421, 402, 414, 500, 451, 380, 416, 492, 428, 408, 406, 506, 435, 380, 421, 490,
  435, 390, 412, 454, 416, 403, 408, 482, 438, 386, 405, 491, 427, 383, 394, 473, 420, 390, 410, 488, 415, 398, 419, 488,
  414, 374
];

describe("Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 5.8, beer production", () => {
  const history = beer.slice(0, 64); // to 2007 Q4
  const actual = beer.slice(64);
  const last = history.at(-1)!;
  const average = history.reduce((sum, value) => sum + value) / history.length;
  const slope = (last - history[0]!) / (history.length - 1);
  const methods = {
    drift: actual.map((_, i) => last + slope * (i + 1)),
    mean: actual.map(() => average),
    naive: actual.map(() => last),
    "seasonal naive": actual.map((_, i) => history[60 + (i % 4)]!)
  };
  const table = [
    {method: "drift", rmse: 64.9, mae: 58.88, mape: 14.58, mase: 4.12},
    {method: "mean", rmse: 38.45, mae: 34.83, mape: 8.28, mase: 2.44},
    {method: "naive", rmse: 62.69, mae: 57.4, mape: 14.18, mase: 4.01},
    {method: "seasonal naive", rmse: 14.31, mae: 13.4, mape: 3.17, mase: 0.94}
  ] as const;

  it.each(table)("$method", async ({method, rmse, mae, mape, mase}) => {
    const data = {actual, forecast: methods[method]};
    const scale = naiveError({actual: history}, {season: 4})!;
    await expectBoth("rmse", data, rmse, 1.99);
    await expectBoth("mae", data, mae, 1.99);
    await expectBoth("mape", data, mape / 100, 3.99);
    await expectBoth("mase", data, mase, 1.99, {scale});
  });

  it("scales by the same naive error in SQL", async () => {
    const result = await duckdb.runAndReadAll(
      `SELECT ${naiveErrorSql({actual: "y", time: "t", season: 4})} AS scale
       FROM (SELECT unnest([${history.join(", ")}]) AS y, unnest(range(64)) AS t) ORDER BY hash(1)`
    );
    expect(result.getRowObjectsJS()[0]!.scale).toBeCloseTo(naiveError({actual: history}, {season: 4})!, 10);
  });
});

it("the examples in the documentation of scikit-learn's regression metrics", async () => {
  const data = {actual: [3, -0.5, 2, 7], forecast: [2.5, 0, 2, 8]};
  await expectBoth("mae", data, 0.5, 12);
  await expectBoth("mse", data, 0.375, 12);
  await expectBoth("rmse", data, 0.612, 3);
  await expectBoth("mape", data, 0.3273, 3);
});

it("the examples in the documentation of sktime's forecasting metrics", async () => {
  const data = {actual: [3, -0.5, 2, 7, 2], forecast: [2.5, 0, 2, 8, 1.25]};
  await expectBoth("mape", data, 0.33690476190476193, 12);
  await expectBoth("smape", data, 0.5553379953379953, 12);
  const scale = naiveError({actual: [5, 0.5, 4, 6, 3, 5, 2]})!;
  await expectBoth("mase", data, 0.18333333333333335, 12, {scale});
  const squaredScale = naiveError({actual: [5, 0.5, 4, 6, 3, 5, 2]}, {error: "squared"})!;
  await expectBoth("rmsse", data, 0.20568833780186058, 12, {squaredScale});
});

// No table that we know of publishes these with their data, so they are derived here by hand, from errors of -10, 0 and +40
// on actual values of 100, 200 and 300, which add up to 600.
describe("derived by hand", () => {
  const data = {
    actual: [100, 200, 300],
    forecast: [90, 200, 340],
    lower: [80, 201, 300],
    upper: [99, 220, 380],
    baseline: [120, 180, 300], // errors of 20, 20 and 0
    level: [0.8, 0.8, 0.8],
    probability: [0.9, 0.9, 0.9]
  };
  it.each([
    ["wape", 50 / 600],
    ["bias", 30 / 3],
    ["relativeBias", 30 / 600],
    ["coverage", 1 / 3], // 100 is above its interval, 200 below, and 300 on the end of its
    ["relativeMae", 50 / 40],
    ["skill", -10 / 40],
    ["valueAdded", -10 / 600],
    ["intervalWidth", (19 + 19 + 80) / 3],
    ["intervalScore", (19 + 10 + 19 + 10 + 80) / 3], // outside by 1 and 1, each 2 / 0.2 times
    ["pinball", (0.9 * 10 + 0 + 0.1 * 40) / 3],
    ["pairs", 3]
  ] as const)("%s", async (name, value) => expectBoth(name, data, value, 12));
});
