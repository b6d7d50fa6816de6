// What a measure is: its formula in words, and the SQL that computes it.
import {html} from "npm:htl";
import {measures, type MeasureName} from "npm:ikigai-kit/metrics";

const formulas: Partial<Record<MeasureName, string>> = {
  wape: "The sum of |actual − forecast|, divided by the sum of |actual|. Large series weigh more.",
  mape: "The mean of |actual − forecast| / |actual|. Every forecast weighs the same.",
  smape: "The mean of 2 |actual − forecast| / (|actual| + |forecast|).",
  mae: "The mean of |actual − forecast|, in the unit of the values.",
  rmse: "The square root of the mean of (actual − forecast)². Large errors weigh more.",
  bias: "The mean of forecast − actual: above zero, forecasts are too high.",
  relativeBias:
    "The sum of forecast − actual, divided by the sum of |actual|: above zero, forecasts are too high.",
  coverage: "The share of actual values between lower and upper. Of a 90 % interval it should be 90 %."
};

/** The measures that pages let one choose. */
export const measureNames = Object.keys(formulas) as MeasureName[];

/** The formula in a sentence; the SQL when it is opened. */
export const measureHelp = (name: MeasureName) =>
  html`<details class="formula">
    <summary>${measures[name].label}: ${formulas[name]}</summary>
    <pre tabindex="0">${measures[name].sql()}</pre>
  </details>`;
