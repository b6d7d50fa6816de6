// What holds for every method, whatever the series.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  croston,
  ets,
  holtWinters,
  lassoOnLags,
  lastInterval,
  type Method,
  movingAverage,
  mstl,
  nonnegative,
  seasonalNaive,
  UnfitSeriesError
} from "../../../lib/platform/forecast/index.js";

const methods: Method[] = [
  lastInterval(),
  seasonalNaive({season: 4}),
  movingAverage({window: 3}),
  croston(),
  holtWinters(),
  holtWinters({season: 4}),
  lassoOnLags({lags: 4}),
  ets(),
  mstl({seasons: [4]}),
  mstl({seasons: [3, 7]})
];

// Squares of numbers smaller than these are nothing to a computer, and no data has them.
const number = (min: number, max: number) =>
  fc.double({min, max, noNaN: true}).map((value) => (Math.abs(value) < 1e-6 ? 0 : value));
const floats = (min: number, max: number) => fc.array(number(min, max), {minLength: 14, maxLength: 60});
const counts = fc.array(fc.integer({min: 0, max: 2}), {minLength: 14, maxLength: 60});
const demand = fc.oneof(counts, floats(0, 1e6));
const any = fc.oneof(demand, floats(-1e6, 1e6));

describe.each(methods.map((method) => [method.name, method] as const))("%s", (name, method) => {
  const series = (name === "Croston" ? demand : any).map((values) => Float64Array.from(values));

  it("keeps the point within its bounds, finite and as long as the horizon", () =>
    fc.assert(
      fc.property(
        series,
        fc.integer({min: 1, max: 20}),
        fc.double({min: 0.01, max: 0.99, noNaN: true}),
        (y, h, level) => {
          const {point, lower, upper, fitted} = method.forecast(y, h, level);
          expect([point.length, lower.length, upper.length]).toEqual([h, h, h]);
          point.forEach((value, i) => {
            expect(lower[i]).toBeLessThanOrEqual(value);
            expect(upper[i]).toBeGreaterThanOrEqual(value);
            expect(Number.isFinite(upper[i]! - lower[i]!)).toBe(true);
          });
          if (fitted) expect(fitted).toHaveLength(y.length);
        }
      ),
      {numRuns: 40}
    ));

  it("says the same twice, and leaves the series alone", () =>
    fc.assert(
      fc.property(series, (y) => {
        const before = y.slice();
        expect(method.forecast(y, 5, 0.9)).toEqual(method.forecast(y, 5, 0.9));
        expect(y).toEqual(before);
      }),
      {numRuns: 10}
    ));

  it("widens with the level", () =>
    fc.assert(
      fc.property(series, (y) => {
        const narrow = method.forecast(y, 3, 0.5);
        const wide = method.forecast(y, 3, 0.95);
        narrow.lower.forEach((value, h) => expect(wide.lower[h]).toBeLessThanOrEqual(value));
        narrow.upper.forEach((value, h) => expect(wide.upper[h]).toBeGreaterThanOrEqual(value));
      }),
      {numRuns: 10}
    ));

  it("keeps a constant as it is", () =>
    fc.assert(
      fc.property(fc.double({min: 0, max: 1e9, noNaN: true}), (constant) => {
        const {point, lower, upper} = method.forecast(new Float64Array(30).fill(constant), 3, 0.9);
        for (const values of [point, lower, upper])
          expect([...values]).toEqual([constant, constant, constant]);
      }),
      {numRuns: 10}
    ));

  it("is never below zero when that is asked", () =>
    fc.assert(
      fc.property(series, (y) => {
        const {point, lower} = nonnegative(method).forecast(y, 8, 0.9);
        expect(Math.min(...point, ...lower)).toBeGreaterThanOrEqual(0);
      }),
      {numRuns: 10}
    ));

  it("takes a series of its least length, and refuses a shorter one", () => {
    const y = Float64Array.from({length: method.least}, (_, t) => (t * 7) % 5);
    expect(method.forecast(y, 2, 0.9).point).toHaveLength(2);
    expect(() => method.forecast(y.subarray(1), 2, 0.9)).toThrow(UnfitSeriesError);
    expect(() => method.forecast(y.subarray(1), 2, 0.9)).toThrow(
      `${name} needs at least ${method.least} values and the series has ${method.least - 1}`
    );
  });

  it("refuses gaps", () => {
    const y = Float64Array.from({length: 20}, (_, t) => (t === 4 ? NaN : t));
    expect(() => method.forecast(y, 1, 0.9)).toThrow(
      `value 5 of the series is NaN, and ${name} takes no gaps`
    );
  });

  it("refuses a horizon or a level that is none", () => {
    const y = Float64Array.from({length: 20}, (_, t) => t);
    expect(() => method.forecast(y, 0, 0.9)).toThrow("horizon is 0: give a whole number");
    expect(() => method.forecast(y, 1, 90)).toThrow(
      "level is 90: give the interval's coverage between 0 and 1"
    );
  });
});

describe("values too large for augurs", () => {
  it("are refused with the mend", () => {
    const y = Float64Array.from({length: 20}, (_, t) => (t === 2 ? -1e300 : t));
    expect(() => mstl({seasons: [4]}).forecast(y, 1, 0.9)).toThrow(UnfitSeriesError);
    expect(() => mstl({seasons: [4]}).forecast(y, 1, 0.9)).toThrow("rescale its values");
  });
});
