// Each measure by hand on four forecasts, one of an actual zero.
import {describe, expect, it} from "vitest";
import * as measures from "../../../lib/platform/forecast/measures.js";

const trials = [
  {actual: 100, forecast: 110, lower: 100, upper: 120},
  {actual: 200, forecast: 190, lower: 191, upper: 200},
  {actual: 0, forecast: 10, lower: -5, upper: 25},
  {actual: 400, forecast: 400, lower: 410, upper: 420}
];

describe("measures", () => {
  it("leaves a zero out of the percentage error", () =>
    expect(measures.meanAbsolutePercentageError(trials)).toBeCloseTo((0.1 + 0.05 + 0) / 3, 12));

  it("counts a zero in the weighted one", () =>
    expect(measures.weightedMeanAbsolutePercentageError(trials)).toBeCloseTo(30 / 700, 12));

  it("has the errors in the values' unit", () => {
    expect(measures.meanAbsoluteError(trials)).toBe(7.5);
    expect(measures.meanSquaredError(trials)).toBe(75);
    expect(measures.bias(trials)).toBe(2.5);
  });

  it("counts an interval's ends as inside", () => expect(measures.intervalCoverage(trials)).toBe(0.75));

  it("are NaN where there is nothing to measure by", () => {
    const zeros = [{actual: 0, forecast: 1}];
    expect(measures.meanAbsolutePercentageError(zeros)).toBeNaN();
    expect(measures.weightedMeanAbsolutePercentageError(zeros)).toBeNaN();
    expect(measures.meanAbsoluteError([])).toBeNaN();
  });
});
