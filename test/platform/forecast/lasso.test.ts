// The lasso where its solution is known, and its forecasts.
import {describe, expect, it} from "vitest";
import {largestLambda, lasso, type LinearFit} from "../../../lib/platform/forecast/coordinate-descent.js";
import {lassoOnLags} from "../../../lib/platform/forecast/index.js";

describe("lasso", () => {
  // Orthogonal columns of mean 0 and variance 1: the solution is least squares, each weight drawn towards 0 by lambda
  // (R. Tibshirani, J. of the Royal Statistical Society B 58 (1996), 267–288, section 2.2).
  const a = Float64Array.of(1, 1, -1, -1);
  const b = Float64Array.of(1, -1, 1, -1);
  const y = a.map((value, i) => 10 + 3 * value + 0.5 * b[i]!);

  it("without a penalty is least squares", () => {
    const [{intercept, weights, residualSquares}] = lasso([a, b], y, [0]) as [
      ReturnType<typeof lasso>[number]
    ];
    expect(intercept).toBeCloseTo(10, 9);
    expect(weights[0]).toBeCloseTo(3, 9);
    expect(weights[1]).toBeCloseTo(0.5, 9);
    expect(residualSquares).toBeCloseTo(0, 9);
  });

  it("draws weights towards zero by the penalty and drops the weak one", () => {
    const [{weights}] = lasso([a, b], y, [1]) as [LinearFit];
    expect(weights[0]).toBeCloseTo(2, 9);
    expect(weights[1]).toBe(0);
  });

  it("drops every column at the largest lambda, and not below", () => {
    const lambda = largestLambda([a, b], y);
    expect(lambda).toBeCloseTo(3, 9);
    expect(lasso([a, b], y, [lambda])[0]!.weights[0]).toBeCloseTo(0, 9);
    expect(lasso([a, b], y, [lambda * 0.99])[0]!.weights[0]).toBeGreaterThan(0);
  });

  it("leaves out a column that never changes", () => {
    const [{intercept, weights}] = lasso([a, a.map(() => 0.1)], y, [0]) as [LinearFit];
    expect(weights[1]).toBe(0);
    expect(intercept).toBeCloseTo(10, 9);
  });
});

describe("lassoOnLags", () => {
  it("finds a season by its lag", () => {
    const wave = [3, 8, 1, 5];
    const y = Float64Array.from({length: 40}, (_, t) => wave[t % 4]!);
    const {point} = lassoOnLags({lags: 4}).forecast(y, 4, 0.9);
    wave.forEach((value, h) => expect(Math.abs(point[h]! - value)).toBeLessThan(0.05));
  });

  it("goes back to the mean of noise", () => {
    const y = Float64Array.from({length: 200}, (_, t) => 50 + ((t * 7919) % 101) / 10);
    const mean = y.reduce((a, b) => a + b) / y.length;
    const {point} = lassoOnLags({lags: 3}).forecast(y, 30, 0.9);
    expect(Math.abs(point[29]! - mean)).toBeLessThan(1);
  });
});
