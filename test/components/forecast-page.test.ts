// What the page on forecasts computes by itself.
import {DuckDBInstance} from "@duckdb/node-api";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {periodNote, periodSql, wholePeriods} from "../../src/components/periods.js";
import {parts, partsOf, pathTo} from "../../src/components/sectors.js";
import {between, shifted, withEnd} from "../../src/components/span.js";

const last = 100;
const place = fc.integer({min: -50, max: 150});
const span = fc.tuple(place, place).map(([a, b]) => between(a, b, last));

describe("a part of the times", () => {
  it("is always of at least one step, and within all times", () => {
    fc.assert(
      fc.property(span, place, fc.constantFrom("from" as const, "to" as const), (span, to, end) => {
        for (const {from, to: until} of [span, withEnd(span, end, to, last), shifted(span, to, last)]) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(until).toBeLessThanOrEqual(last);
          expect(until - from).toBeGreaterThanOrEqual(1);
        }
      })
    );
  });

  it("keeps its length when it is moved, and its other end when one is", () => {
    fc.assert(
      fc.property(span, place, (span, by) => {
        const moved = shifted(span, by, last);
        expect(moved.to - moved.from).toBe(span.to - span.from);
        expect(withEnd(span, "from", by, last).to).toBe(span.to);
        expect(withEnd(span, "to", by, last).from).toBe(span.from);
      })
    );
  });
});

describe("periods", () => {
  const row = (month: string, months: number) => ({
    ...{month: new Date(month), months, version: "ets"},
    ...{actual: null, forecast: 1, lower: 0, upper: 2}
  });

  it("are left out where months are missing, and named once", () => {
    const rows = [row("2014-07-01", 3), row("2014-10-01", 1), row("2014-10-01", 1)];
    const {whole, partial} = wholePeriods(rows, "quarter");
    expect(whole).toEqual([rows[0]]);
    expect(periodNote(partial, "quarter")).toMatch(/Left out as partial: Q4 2014 \(1 of 3 months\)\.$/);
    expect(periodNote([], "quarter")).not.toMatch(/Left out/);
    expect(periodNote([], "month")).toBe("");
  });
});

describe("the SQL of periods", () => {
  /** Values 1, 2, … from January 2014 on; at the origin of August, forecasts of 100 for four months, with bounds 10 around it. */
  const rows = async (granularity: "month" | "quarter" | "year", horizon = 4) => {
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    try {
      await connection.run(`CREATE TABLE history AS
        SELECT 'Retail' AS sector, (DATE '2014-01-01' + to_months(i::INTEGER))::TIMESTAMP AS month, i + 1.0 AS employees FROM range(10) AS t(i)`);
      await connection.run(`CREATE TABLE forecast AS
        SELECT 'Retail' AS sector, (DATE '2014-09-01' + to_months(i::INTEGER))::TIMESTAMP AS month, 'ets' AS version,
          100.0 AS forecast, 90.0 AS lower, 110.0 AS upper, i + 1 AS horizon, TIMESTAMP '2014-08-01' AS origin FROM range(4) AS t(i)`);
      const read = await connection.runAndReadAll(periodSql(granularity), ["Retail", "2014-08-01", horizon]);
      return read.getRowObjectsJson().map(({month, actual, forecast, lower, upper, version, months}) => ({
        month: (month as string).slice(0, 7),
        actual: actual === null ? null : Number(actual),
        forecast: forecast === null ? null : [forecast, lower, upper].map(Number),
        version,
        months: Number(months)
      }));
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  };

  it("joins the months known at the origin with the forecasts of the others", async () => {
    const known = {forecast: null, version: null, months: 3};
    expect(await rows("quarter")).toEqual([
      {month: "2014-01", actual: 2, ...known},
      {month: "2014-04", actual: 5, ...known},
      // July and August were known: (7 + 8 + 100) / 3. All three are known since: (7 + 8 + 9) / 3.
      {month: "2014-07", actual: 8, forecast: [115 / 3, 105 / 3, 125 / 3], version: "ets", months: 3},
      {month: "2014-10", actual: null, forecast: [100, 90, 110], version: "ets", months: 3}
    ]);
    const [year] = await rows("year");
    expect(year).toMatchObject({month: "2014-01", actual: null, months: 12});
    expect(year!.forecast![0]).toBeCloseTo((36 + 400) / 12, 9);
  });

  it("counts the months of a period that isn't whole", async () => {
    expect((await rows("quarter", 2)).at(-1)).toMatchObject({month: "2014-10", months: 1});
  });

  it("gives months as they are", async () => {
    const months = await rows("month");
    expect(months).toHaveLength(12);
    expect(months[7]).toEqual({month: "2014-08", actual: 8, forecast: null, version: null, months: 1});
    expect(months[8]).toEqual({
      month: "2014-09",
      actual: 9,
      forecast: [100, 90, 110],
      version: "ets",
      months: 1
    });
    expect(months[10]).toEqual({
      month: "2014-11",
      actual: null,
      forecast: [100, 90, 110],
      version: "ets",
      months: 1
    });
  });
});

describe("sectors", () => {
  it("have a path from the total to each part", () => {
    expect(pathTo("Retail trade")).toEqual([
      "Total nonfarm",
      "Service-providing",
      "Private service-providing",
      "Trade, transportation, and utilities"
    ]);
    expect(pathTo("Total nonfarm")).toEqual([]);
    expect(new Set(parts).size).toBe(15);
    for (const part of parts) {
      expect(partsOf(part)).toEqual([]);
      expect(pathTo(part)[0]).toBe("Total nonfarm");
    }
  });
});
