// The methods that are one formula each, against published worked values.
import {describe, expect, it} from "vitest";
import {croston, lastInterval, movingAverage, seasonalNaive} from "../../../lib/platform/forecast/index.js";
import {lubricant} from "./series.js";

describe("lastInterval", () => {
  // fpp3, section 5.5: Google's stock closed 2015 at 758.88, and the naive method's residuals have deviation 11.19.
  const steps = Array.from({length: 251}, (_, i) => (i % 2 ? -11.19 : 11.19));
  const stock = Float64Array.from([0, ...steps], (_, t) => 758.88 - (t % 2 ? 0 : 11.19));

  it("has fpp3's 95 % interval of [736.9, 780.8]", () => {
    const {point, lower, upper} = lastInterval().forecast(stock, 1, 0.95);
    expect(point[0]).toBe(758.88);
    expect(lower[0]).toBeCloseTo(736.9, 1);
    expect(upper[0]).toBeCloseTo(780.8, 1);
  });

  it("has fpp3's 80 % interval of [744.5, 773.2]", () => {
    const {lower, upper} = lastInterval().forecast(stock, 1, 0.8);
    expect(lower[0]).toBeCloseTo(744.5, 1);
    expect(upper[0]).toBeCloseTo(773.2, 1);
  });

  it("widens with the root of the horizon", () => {
    const {point, upper} = lastInterval().forecast(Float64Array.of(3, 5, 2, 4), 9, 0.9);
    expect(upper[8]! - point[8]!).toBeCloseTo(3 * (upper[0]! - point[0]!), 12);
  });
});

describe("seasonalNaive", () => {
  it("repeats the last season, and widens with each season", () => {
    const {point, lower, upper} = seasonalNaive({season: 2}).forecast(Float64Array.of(1, 10, 3, 12), 5, 0.95);
    expect([...point]).toEqual([3, 12, 3, 12, 3]);
    // Both residuals are 2, so sigma is 2.
    const widths = point.map((_, h) => (upper[h]! - lower[h]!) / 2 / 1.959963984540054);
    [2, 2, 2 * Math.sqrt(2), 2 * Math.sqrt(2), 2 * Math.sqrt(3)].forEach((width, h) =>
      expect(widths[h]).toBeCloseTo(width, 12)
    );
  });
});

describe("movingAverage", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, section 6.4.2.1: a supplier's twelve amounts, averaged by three.
  const supplier = Float64Array.of(9, 8, 9, 12, 9, 12, 11, 7, 13, 9, 11, 10);
  const averages = [8.667, 9.667, 10, 11, 10.667, 10, 10.333, 9.667, 11, 10];

  it("has NIST's averages", () => {
    const {point, fitted} = movingAverage({window: 3}).forecast(supplier, 1, 0.9);
    [...fitted!.slice(3), point[0]!].forEach((value, i) => expect(value).toBeCloseTo(averages[i]!, 3));
  });

  it("goes on with forecasts in the place of values", () => {
    const {point} = movingAverage({window: 3}).forecast(supplier, 3, 0.9);
    expect(point[1]).toBeCloseTo((11 + 10 + 10) / 3, 12);
    expect(point[2]).toBeCloseTo((10 + 10 + 31 / 3) / 3, 12);
  });

  it("with a window of 1 is the last interval", () => {
    const last = lastInterval().forecast(supplier, 6, 0.9);
    const average = movingAverage({window: 1}).forecast(supplier, 6, 0.9);
    expect(average.point).toEqual(last.point);
    average.upper.forEach((value, h) => expect(value).toBeCloseTo(last.upper[h]!, 12));
  });
});

describe("croston", () => {
  // fpp2, section 12.2: "demand forecast 2.750 and period forecast 2.793 … 2.750/2.793 = 0.985".
  it("forecasts fpp2's lubricant", () => {
    const {point} = croston({smoothing: 0.1}).forecast(lubricant, 3, 0.9);
    expect([...point].map((value) => value.toFixed(3))).toEqual(["0.985", "0.985", "0.985"]);
  });

  it("has no interval below zero", () => {
    const {lower, upper} = croston().forecast(lubricant, 1, 0.9);
    expect(lower[0]).toBe(0);
    expect(upper[0]).toBeGreaterThan(1);
  });

  it("refuses negative demand", () =>
    expect(() => croston().forecast(Float64Array.of(0, 2, -1), 1, 0.9)).toThrow(
      "value 3 of the series is -1, and Croston's method is for demands"
    ));
});
