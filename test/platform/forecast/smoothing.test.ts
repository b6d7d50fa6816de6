// The methods that search for their parameters, against what R finds.
import {describe, expect, it} from "vitest";
import {ets, holtWinters, mstl} from "../../../lib/platform/forecast/index.js";
import {airPassengers, nile} from "./series.js";

describe("holtWinters", () => {
  // R: HoltWinters(AirPassengers) has a = 477.827781, b = 3.127627 and these seasonal coefficients.
  const season = [
    -27.457685, -54.692464, -20.174608, 12.91912, 18.873607, 75.294426, 152.888368, 134.613464, 33.778349,
    -18.37906, -87.772408, -45.827781
  ];

  it("forecasts what R's HoltWinters does", () => {
    const {point} = holtWinters({season: 12}).forecast(airPassengers, 24, 0.9);
    point.forEach((value, h) =>
      expect(value).toBeCloseTo(477.827781 + (h + 1) * 3.127627 + season[h % 12]!, 1)
    );
  });

  it("without a season continues a line", () => {
    const line = Float64Array.from({length: 10}, (_, t) => 5 + 2 * t);
    const {point, lower} = holtWinters().forecast(line, 3, 0.9);
    [25, 27, 29].forEach((value, h) => expect(point[h]).toBeCloseTo(value, 9));
    expect(lower[2]).toBeCloseTo(29, 9);
  });

  it("has the interval of ETS(A,A,A)", () => {
    // fpp3, section 8.7, with R's parameters in state-space form.
    const [a, b, c, m] = [0.2479595, 0.2479595 * 0.0345373, 1 - 0.2479595, 12];
    const variance = (h: number) => {
      const k = Math.floor((h - 1) / m);
      const trend = (h - 1) * (a ** 2 + a * b * h + (b ** 2 * h * (2 * h - 1)) / 6);
      return 1 + trend + c * k * (2 * a + c + b * m * (k + 1));
    };
    const {point, upper} = holtWinters({season: m}).forecast(airPassengers, 36, 0.9);
    for (const h of [2, 12, 13, 25, 36])
      expect((upper[h - 1]! - point[h - 1]!) / (upper[0]! - point[0]!)).toBeCloseTo(
        Math.sqrt(variance(h)),
        3
      );
  });
});

describe("ets", () => {
  // Below zero only additive errors are tried, and those of the Nile have no trend: simple exponential smoothing, for
  // which R's HoltWinters(Nile, beta = FALSE, gamma = FALSE) ends at 805.0389.
  const below = nile.map((value) => value - 2000);

  it("smooths the Nile as R does", () => {
    const {point} = ets().forecast(below, 3, 0.9);
    expect(Math.abs(point[0]! + 2000 - 805.0389)).toBeLessThan(1);
    expect(point[2]).toBe(point[0]);
  });

  it("has the interval of simple exponential smoothing", () => {
    const {point, upper} = ets().forecast(below, 2, 0.95);
    // fpp3, section 8.7: the variance grows by alpha² a step, and R's alpha is 0.2466.
    expect((upper[1]! - point[1]!) / (upper[0]! - point[0]!)).toBeCloseTo(Math.sqrt(1 + 0.2466 ** 2), 2);
  });

  it("continues a line", () => {
    const line = Float64Array.from({length: 30}, (_, t) => 5 + 2 * t);
    const {point} = ets().forecast(line, 2, 0.9);
    expect(point[1]).toBeCloseTo(67, 6);
  });
});

describe("mstl", () => {
  it("continues a line with a season", () => {
    const y = Float64Array.from({length: 72}, (_, t) => 100 + 2 * t + 20 * Math.sin((2 * Math.PI * t) / 12));
    const {point} = mstl({seasons: [12]}).forecast(y, 12, 0.9);
    point.forEach((value, h) => {
      const t = 72 + h;
      expect(Math.abs(value - (100 + 2 * t + 20 * Math.sin((2 * Math.PI * t) / 12)))).toBeLessThan(2);
    });
  });

  it("tells what it fits to each value", () => {
    const {fitted} = mstl({seasons: [12]}).forecast(airPassengers, 1, 0.9);
    expect(fitted).toHaveLength(144);
    expect(Math.abs(fitted![143]! - airPassengers[143]!)).toBeLessThan(40);
  });
});
