// Linear fits against closed forms, and against each other.
import * as fc from "fast-check";
import {describe, expect, it} from "vitest";
import {lasso, ridge} from "../../../lib/platform/engine/models/linear-fit.js";
import {momentsOf} from "../../../lib/platform/engine/models/moments.js";

/** Rows of features and, last, the target. */
const moments = (rows: number[][]) => {
  const gathered = momentsOf(rows[0]!.length);
  for (const row of rows) gathered.add(Float64Array.from(row));
  return gathered;
};

const exact = {tolerance: 1e-14, rounds: 100_000};
const line = [
  [1, 2.1],
  [2, 3.9],
  [4, 8.3],
  [7, 13.7]
];
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const [mx, my] = [mean(line.map(([x]) => x!)), mean(line.map(([, y]) => y!))];
const sxx = line.reduce((sum, [x]) => sum + (x! - mx) ** 2, 0);
const sxy = line.reduce((sum, [x, y]) => sum + (x! - mx) * (y! - my), 0);

describe("moments", () => {
  it("are those of the textbook, far from zero too", () => {
    const {n, means, products} = moments(line.map(([x, y]) => [x! + 1e9, y!]));
    expect(n).toBe(4);
    expect(means[0]).toBeCloseTo(1e9 + mx, 6);
    expect(products[0]![0]).toBeCloseTo(sxx, 6);
    expect(products[0]![1]).toBeCloseTo(sxy, 6);
    expect(products[1]![0]).toBe(products[0]![1]);
  });
});

describe("one feature has closed forms", () => {
  it("least squares: Sxy / Sxx", () => {
    const {weights, intercept} = ridge(moments(line), 0, true);
    expect(weights[0]).toBeCloseTo(sxy / sxx, 12);
    expect(intercept).toBeCloseTo(my - (sxy / sxx) * mx, 12);
  });

  it("ridge: Sxy / (Sxx + alpha)", () => {
    for (const alpha of [0.1, 1, 100]) {
      expect(ridge(moments(line), alpha, true).weights[0]).toBeCloseTo(sxy / (sxx + alpha), 12);
    }
  });

  it("lasso: the covariance, shrunk by alpha, over the variance", () => {
    for (const alpha of [0.1, 1, 5]) {
      const {weights} = lasso(moments(line), {alpha, ...exact}, true);
      expect(weights[0]).toBeCloseTo(Math.max(0, sxy / 4 - alpha) / (sxx / 4), 10);
    }
    expect(lasso(moments(line), {alpha: 1000, ...exact}, true)).toEqual({
      weights: Float64Array.of(0),
      intercept: my
    });
  });

  it("through the origin: Σxy / Σx²", () => {
    const xy = line.reduce((sum, [x, y]) => sum + x! * y!, 0);
    const xx = line.reduce((sum, [x]) => sum + x! ** 2, 0);
    const {weights, intercept} = ridge(moments(line), 0, false);
    expect(weights[0]).toBeCloseTo(xy / xx, 12);
    expect(intercept).toBe(0);
  });
});

describe("several features", () => {
  const rows = [
    [0, 0, 1],
    [1, 0, 3.2],
    [0, 1, -0.9],
    [1, 1, 1.1],
    [2, 1, 3],
    [2, 3, -1.1]
  ];

  it("meet the conditions that define them", () => {
    const alpha = 0.1;
    const {weights, intercept} = lasso(moments(rows), {alpha, ...exact}, true);
    const residuals = rows.map(([a, b, y]) => y! - intercept - weights[0]! * a! - weights[1]! * b!);
    // The optimality conditions of the lasso: correlations of the residuals are alpha, with the weight's sign.
    for (const j of [0, 1]) {
      const slope = rows.reduce((sum, row, i) => sum + row[j]! * residuals[i]!, 0) / rows.length;
      expect(slope).toBeCloseTo(alpha * Math.sign(weights[j]!), 8);
    }
    expect(mean(residuals)).toBeCloseTo(0, 10);
  });

  it("drop what depends on the others", () => {
    const {weights, intercept} = ridge(
      moments(rows.map(([a, b, y]) => [a!, b!, 2 * a! - b!, 7, y!])),
      0,
      true
    );
    const plain = ridge(moments(rows), 0, true);
    expect([...weights]).toEqual([
      expect.closeTo(plain.weights[0]!, 9),
      expect.closeTo(plain.weights[1]!, 9),
      0,
      0
    ]);
    expect(intercept).toBeCloseTo(plain.intercept, 9);
  });

  it("recover what made the data", () => {
    const number = fc.double({min: -100, max: 100, noNaN: true});
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, number), {minLength: 8, maxLength: 40}),
        number,
        number,
        number,
        (xs, a, b, c) => {
          const made = moments(xs.map(([x, z]) => [x, z, a + b * x + c * z]));
          const [sx, sz] = [made.products[0]![0]!, made.products[1]![1]!];
          // Nearly the same columns say nothing of their weights apart.
          fc.pre(sx > 1 && sz > 1 && made.products[0]![1]! ** 2 < 0.99 * sx * sz);
          const {weights, intercept} = ridge(made, 0, true);
          const scale = 1 + Math.abs(a) + Math.abs(b) + Math.abs(c);
          expect(Math.abs(weights[0]! - b)).toBeLessThan(1e-6 * scale);
          expect(Math.abs(weights[1]! - c)).toBeLessThan(1e-6 * scale);
          expect(Math.abs(intercept - a)).toBeLessThan(1e-4 * scale);
        }
      )
    );
  });
});
