// The Ljung–Box test in words.
import {expect, it} from "vitest";
import {ljungBoxText} from "../../lib/charts/diagnostics/ljung-box-text.js";

const result = {statistic: 3.5, lags: 2, degrees: 2, pValue: 0.17};

it.each([
  [{}, "Ljung–Box test: Q = 3.50, 2 degrees of freedom, p = 0.170: the residuals may be noise."],
  [{degrees: 1}, "Ljung–Box test: Q = 3.50, 1 degree of freedom, p = 0.170: the residuals may be noise."],
  [{pValue: 0.04}, "Ljung–Box test: Q = 3.50, 2 degrees of freedom, p = 0.040: the residuals aren't noise."],
  [{pValue: 1e-9}, "Ljung–Box test: Q = 3.50, 2 degrees of freedom, p < 0.001: the residuals aren't noise."]
])("says %j as a sentence", (part, text) => {
  expect(ljungBoxText({...result, ...part})!.replaceAll("\u00a0", " ")).toBe(text);
});

it("lets no line end between a sign and its number", () => {
  expect(ljungBoxText(result)).toContain("Q\u00a0=\u00a03.50");
  expect(ljungBoxText({...result, pValue: 1e-9})).toContain("p\u00a0<\u00a00.001");
});

it("says nothing of a test that can't be computed", () => {
  expect(ljungBoxText({...result, statistic: null, pValue: null})).toBeUndefined();
});
