// How much better a forecast is than a baseline, such as the naive one, on the same rows.
import {ratio} from "./measure.js";

const miss = (actual?: number, forecast?: number) => Math.abs(actual! - forecast!);
const missSql = (actual?: string, forecast?: string) => `abs(${actual} - ${forecast})`;

/**
 * Σ|actual − forecast| / Σ|actual − baseline|: the mean absolute error relative to the baseline's on the same rows. Below 1, it
 * beats the baseline. Null if the baseline is never wrong.
 *
 * R. J. Hyndman & A. B. Koehler, International Journal of Forecasting 22 (2006), 679–688, section 2.4.
 */
export const relativeMae = /* @__PURE__ */ ratio({
  label: "Relative MAE",
  unit: "ratio",
  better: "lower",
  reads: ["actual", "forecast", "baseline"],
  term: ([actual, forecast]) => miss(actual, forecast),
  weight: ([actual, , baseline]) => miss(actual, baseline),
  sql: ([actual, forecast, baseline]) => ({
    term: missSql(actual, forecast),
    weight: missSql(actual, baseline)
  })
});

/**
 * 1 − {@link relativeMae}, the skill score of the mean absolute error, as a share: 0.2 is an error 20 % smaller than the
 * baseline's; below zero, the baseline is better.
 *
 * fpp3, section 5.9, of another score.
 */
export const skill = /* @__PURE__ */ ratio({
  label: "Skill over the baseline",
  unit: "share",
  better: "higher",
  reads: ["actual", "forecast", "baseline"],
  term: ([actual, forecast, baseline]) => miss(actual, baseline) - miss(actual, forecast),
  weight: ([actual, , baseline]) => miss(actual, baseline),
  sql: ([actual, forecast, baseline]) => ({
    term: `${missSql(actual, baseline)} - ${missSql(actual, forecast)}`,
    weight: missSql(actual, baseline)
  })
});

/**
 * Forecast value added: (Σ|actual − baseline| − Σ|actual − forecast|) / Σ|actual|, which is the {@link wape} of the baseline less
 * that of the forecast, as a share: 0.02 is two points better than the baseline; below zero, the effort made it worse.
 *
 * M. Gilliland, The Business Forecasting Deal, Wiley (2010), chapter 4.
 */
export const valueAdded = /* @__PURE__ */ ratio({
  label: "Forecast value added",
  unit: "share",
  better: "higher",
  reads: ["actual", "forecast", "baseline"],
  term: ([actual, forecast, baseline]) => miss(actual, baseline) - miss(actual, forecast),
  weight: ([actual]) => Math.abs(actual!),
  sql: ([actual, forecast, baseline]) => ({
    term: `${missSql(actual, baseline)} - ${missSql(actual, forecast)}`,
    weight: `abs(${actual})`
  })
});
