// The measures against Python packages, whose values are in reference.json with the statements that gave them, and textbooks' tables.
import {describe, expect, it} from "vitest";
import {
  chiSquaredAbove,
  normalBelow,
  normalQuantile,
  studentBeyond,
  studentQuantile
} from "../../lib/metrics/distributions.js";
import {
  autocorrelation,
  calibration,
  compare,
  compareLosses,
  crps,
  dieboldMariano,
  histogram,
  holm,
  intervalScore,
  ljungBox,
  pinball,
  tracking,
  weightedIntervalScore
} from "../../lib/metrics/index.js";
import reference from "./reference.json" with {type: "json"};

const {actual, a, b, probabilities, quantiles, symmetric, symmetricQuantiles} = reference.data;
const residuals = actual.map((value, i) => value - a[i]!);
const versions = [a, b].flatMap((forecasts, v) =>
  forecasts.map((forecast, time) => ({version: "ab"[v], time, actual: actual[time], forecast}))
);

/** Rows with a column for each quantile, and the probabilities of these. */
function wide(levels: number[], values: number[][]) {
  const names = levels.map((p) => `q${p}`);
  const rows = values.map((row, i) => ({
    actual: actual[i],
    ...(Object.fromEntries(row.map((value, k) => [names[k]!, value])) as Record<string, number>)
  }));
  return {rows, columns: Object.fromEntries(names.map((name, k) => [name, levels[k]!]))};
}

/** Within a relative 1e-9. */
const expectNear = (value: number | null, expected: number, name = "") =>
  expect(Math.abs(value! - expected), `${name} ${value} for ${expected}`).toBeLessThanOrEqual(
    1e-9 * Math.abs(expected) + 1e-12
  );

describe("Python packages", () => {
  it("scikit-learn's pinball loss", () => {
    expectNear(pinball({actual, forecast: a}, {probability: 0.9}), reference.mean_pinball_loss.value);
  });

  it("scoringrules' CRPS from quantiles, interval score and weighted interval score", () => {
    const even = wide(probabilities, quantiles);
    expectNear(crps(even.columns)(even.rows), reference.crps_quantile.value);
    const {rows, columns} = wide(symmetric, symmetricQuantiles);
    expectNear(weightedIntervalScore(columns)(rows), reference.weighted_interval_score.value);
    const ends = {lower: "q0.05", upper: "q0.95", level: 0.9};
    expectNear(intervalScore(rows, ends), reference.interval_score.value);
  });

  it("statsmodels' Wilson intervals", () => {
    for (const {held, n, alpha, interval} of reference.wilson.values) {
      const rows = Array.from({length: n}, (_, i) => ({actual: i < held ? 1 : 9, lower: 0, upper: 2}));
      const intervals = [{level: 0.9, lower: "lower", upper: "upper"}];
      const [row] = calibration(rows, {intervals, confidence: 1 - alpha});
      expect(row).toMatchObject({of: "interval", nominal: 0.9, share: held / n, pairs: n});
      expectNear(row!.lower, interval[0]!);
      expectNear(row!.upper, interval[1]!);
    }
  });

  it("dieboldmariano's test, with the correction for small samples", () => {
    for (const {loss, horizon, statistic, pValue} of reference.dm_test.values) {
      const options = {against: "b", by: [], horizon, loss: loss as "squared" | "absolute"};
      const [test] = compareLosses(versions, options);
      expectNear(test!.statistic, statistic, `${loss} ${horizon}`);
      expectNear(test!.pValue, pValue, `${loss} ${horizon}`);
      expect(test).toMatchObject({version: "a", times: actual.length, degrees: actual.length - 1});
    }
  });

  it("statsmodels' autocorrelations and Ljung–Box test", () => {
    const ours = autocorrelation(residuals, 12);
    expect(ours.map(({lag}) => lag)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    reference.acf.values.forEach((value, k) => expectNear(ours[k]!.value, value, `lag ${k + 1}`));
    for (const {lags, parameters, statistic, pValue} of reference.acorr_ljungbox.values) {
      const test = ljungBox(residuals, {lags, parameters});
      expectNear(test.statistic, statistic);
      expectNear(test.pValue, pValue);
      expect(test.degrees).toBe(lags - parameters);
    }
  });

  it("NumPy's bins by Freedman and Diaconis", () => {
    const bins = histogram({actual}, "actual");
    expect(bins.map(({count}) => count)).toEqual(reference.histogram.counts);
    [...bins.map(({lower}) => lower), bins.at(-1)!.upper].forEach((edge, i) =>
      expectNear(edge, reference.histogram.edges[i]!)
    );
  });

  it("statsmodels' adjusted p-values by Holm", () => {
    holm(reference.holm.p).forEach((p, i) => expectNear(p, reference.holm.adjusted[i]!));
    expect(holm([0.02, null, 0.03])).toEqual([0.04, null, 0.04]);
  });

  it("arch's interval by the stationary bootstrap, to within what chance makes of it", () => {
    const [comparison] = compare(versions, {against: "b", by: [], block: 4, repetitions: 9999});
    const {interval, difference} = reference.bootstrap;
    expectNear(comparison!.difference, difference);
    const width = interval[1]! - interval[0]!;
    comparison!.interval!.forEach((end, i) =>
      expect(Math.abs(end - interval[i]!), `${end} for ${interval[i]}`).toBeLessThan(0.05 * width)
    );
  });

  it("SciPy's distributions", () => {
    const {distributions: d} = reference;
    for (const [z, p] of d.normalBelow) expectNear(normalBelow(z!), p!, `normal ${z}`);
    for (const [p, z] of d.normalQuantile) expectNear(normalQuantile(p!), z!, `normal ${p}`);
    for (const [t, df, p] of d.studentBeyond) expectNear(studentBeyond(t!, df!), p!, `t ${t}`);
    for (const [p, df, t] of d.studentQuantile) expectNear(studentQuantile(p!, df!), t!, `t ${p}`);
    for (const [x, df, p] of d.chiSquaredAbove) expectNear(chiSquaredAbove(x!, df!), p!, `χ² ${x}`);
  });
});

describe("textbooks", () => {
  it("Heizer & Render, Operations Management: Carlson's Bakery, with the opposite sign", () => {
    const actual = [90, 95, 115, 100, 125, 140];
    const forecast = [100, 100, 100, 110, 110, 110];
    const rows = tracking({actual, forecast, time: [1, 2, 3, 4, 5, 6]});
    expect(rows.map(({cumulative}) => -cumulative)).toEqual([-10, -15, -0, -10, 5, 35]);
    expect(rows.map(({deviation}) => Number(deviation.toFixed(1)))).toEqual([10, 7.5, 10, 10, 11, 14.2]);
    expect(rows.map(({signal}) => -Math.round(signal! * 10) / 10)).toEqual([-1, -2, -0, -1, 0.5, 2.5]);
  });

  it("the CRPS of a normal distribution, by its closed form (Gneiting & Raftery 2007, equation 21)", () => {
    const levels = Array.from({length: 999}, (_, k) => (k + 0.5) / 999);
    const row = Object.fromEntries(levels.map((p) => [`q${p}`, normalQuantile(p)]));
    const columns = Object.fromEntries(levels.map((p) => [`q${p}`, p]));
    const density = Math.exp(-0.5) / Math.sqrt(2 * Math.PI); // at y = 1
    const exact = 1 * (2 * normalBelow(1) - 1) + 2 * density - 1 / Math.sqrt(Math.PI);
    expect(crps(columns)([{actual: 1, ...row}])).toBeCloseTo(exact, 3);
  });
});

describe("the edges", () => {
  it("differences that don't vary, too few of them, or a negative variance", () => {
    expect(dieboldMariano([])).toMatchObject({difference: null, statistic: null, pValue: null});
    expect(dieboldMariano([1])).toMatchObject({difference: 1, statistic: null, interval: null});
    expect(dieboldMariano([2, 2, 2])).toMatchObject({difference: 2, statistic: null});
    const swings = dieboldMariano([1, -1, 1, -1, 1, -1, 1, -0.5], {horizon: 2});
    expect(swings.variance).toBe("Bartlett");
    expect(swings.pValue).toBeGreaterThan(0.5);
    expect(() => dieboldMariano([1, 2], {horizon: 0})).toThrow("The horizon is 0");
  });

  it("a level that isn't a share: an error with the fix", () => {
    expect(() => intervalScore([], {level: 90})).toThrow(
      "The level is 90: give it as a share between 0 and 1, such as 0.9"
    );
    expect(() => crps({q50: 50})).toThrow('The probability of "q50" is 50');
    expect(() => compare(versions, {against: "a", by: [], confidence: 95})).toThrow("The confidence is 95");
  });

  it("residuals of one value, of none, and with gaps", () => {
    expect(autocorrelation([])).toEqual([]);
    expect(autocorrelation([1, 1, 1], 2)).toEqual([
      {lag: 1, value: null},
      {lag: 2, value: null}
    ]);
    expect(ljungBox([1])).toEqual({statistic: null, degrees: 0, pValue: null});
    expect(histogram({v: []}, "v")).toEqual([]);
    expect(histogram({v: [3, 3]}, "v")).toEqual([{lower: 3, upper: 3, count: 2}]);
  });
});
