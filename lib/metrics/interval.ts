// What intervals cost: their score and their width. How often they hold is in coverage.ts.
import {ratio} from "./measure.js";

/**
 * The mean interval score (Winkler score), in the unit of the values: the interval's width and, where the actual value is
 * outside, 2 / (1 − level) times how far outside. `level` is the nominal level, a column or one number. Lower is better: narrow
 * and rarely wrong. A row whose level isn't between 0 and 1 doesn't count.
 *
 * R. L. Winkler, A decision-theoretic approach to interval estimation, Journal of the American Statistical Association 67
 * (1972), 187–191; Gneiting & Raftery (2007), section 6.2; fpp3, section 5.9.
 */
export const intervalScore = /* @__PURE__ */ ratio({
  label: "Interval score",
  unit: "values",
  better: "lower",
  reads: ["actual", "lower", "upper", "level"],
  counts: ([, , , level]) => level! > 0 && level! < 1,
  term: intervalLoss,
  sql: ([actual, lower, upper, level]) => ({
    counts: `${level} > 0 AND ${level} < 1`,
    term: `${upper} - ${lower} + 2 / (1 - ${level}) * greatest(${lower} - ${actual}, ${actual} - ${upper}, 0)`
  })
});

function intervalLoss([actual, lower, upper, level]: readonly number[]): number {
  const outside = Math.max(lower! - actual!, actual! - upper!, 0);
  return upper! - lower! + (2 / (1 - level!)) * outside;
}

/** The mean of upper − lower, in the unit of the values: of two intervals that cover alike, the narrower is better. */
export const intervalWidth = /* @__PURE__ */ ratio({
  label: "Interval width",
  unit: "values",
  better: "lower",
  reads: ["lower", "upper"],
  term: ([lower, upper]) => upper! - lower!,
  sql: ([lower, upper]) => ({term: `${upper} - ${lower}`})
});
