// Linear regression from moments: least squares, ridge and lasso, with scikit-learn's objectives, so that its alpha means
// the same here.
import {FacetError} from "../failure.js";
import type {Moments} from "./moments.js";

export interface LinearModel {
  intercept: number;
  /** One a feature. */
  weights: Float64Array;
}

interface Problem {
  /** XᵀX and Xᵀy, of centered columns where there is an intercept. */
  gram: Float64Array[];
  moment: Float64Array;
  /** yᵀy likewise. */
  square: number;
  n: number;
}

/** A column of which less than this share is left after the columns before it is a combination of them. */
const negligible = 1e-10;

/** Minimises |y − Xw|² + alpha·|w|² (A. E. Hoerl & R. W. Kennard, Technometrics 12 (1970), 55–67); 0 is least squares. */
export const ridge = (moments: Moments, alpha: number, fitIntercept: boolean) =>
  fit(moments, fitIntercept, (problem) => solve(problem, alpha));

/**
 * Minimises |y − Xw|²/2n + alpha·Σ|wⱼ| by cyclic coordinate descent (J. Friedman, T. Hastie & R. Tibshirani, J. of
 * Statistical Software 33 (2010), 1–22). Ends when no step changes the prediction by more than `tolerance` deviations of y.
 */
export const lasso = (
  moments: Moments,
  {alpha, tolerance, rounds}: {alpha: number; tolerance: number; rounds: number},
  fitIntercept: boolean
) => fit(moments, fitIntercept, (problem) => descend(problem, alpha, tolerance, rounds));

function fit(
  moments: Moments,
  fitIntercept: boolean,
  weigh: (problem: Problem) => Float64Array
): LinearModel {
  const {n, means, products} = moments;
  const last = means.length - 1;
  const product = (i: number, j: number) => products[i]![j]! + (fitIntercept ? 0 : n * means[i]! * means[j]!);
  const features = Array.from({length: last}, (_, i) => i);
  const weights = weigh({
    gram: features.map((i) => Float64Array.from(features, (j) => product(i, j))),
    moment: Float64Array.from(features, (i) => product(i, last)),
    square: product(last, last),
    n
  });
  const intercept = fitIntercept
    ? features.reduce((sum, i) => sum - weights[i]! * means[i]!, means[last]!)
    : 0;
  if (!Number.isFinite(intercept) || !weights.every(Number.isFinite)) {
    throw new FacetError(
      "no finite coefficients fit these columns: their values are too large; divide them first"
    );
  }
  return {intercept, weights};
}

/** Cholesky's decomposition; a column that depends on those before it gets the weight 0. */
function solve({gram, moment}: Problem, alpha: number): Float64Array {
  const p = moment.length;
  const lower = Array.from({length: p}, () => new Float64Array(p));
  const kept = new Array<boolean>(p).fill(true);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      if (!kept[j]) continue;
      let sum = gram[i]![j]! + (i === j ? alpha : 0);
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      if (i !== j) lower[i]![j] = sum / lower[j]![j]!;
      else if (sum > negligible * (gram[i]![i]! + alpha)) lower[i]![i] = Math.sqrt(sum);
      else kept[i] = false;
    }
    if (!kept[i]) lower[i]!.fill(0);
  }
  const half = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    if (!kept[i]) continue;
    let sum = moment[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i]![k]! * half[k]!;
    half[i] = sum / lower[i]![i]!;
  }
  const weights = new Float64Array(p);
  for (let i = p - 1; i >= 0; i--) {
    if (!kept[i]) continue;
    let sum = half[i]!;
    for (let k = i + 1; k < p; k++) sum -= lower[k]![i]! * weights[k]!;
    weights[i] = sum / lower[i]![i]!;
  }
  return weights;
}

function descend({gram, moment, square, n}: Problem, alpha: number, tolerance: number, rounds: number) {
  const weights = new Float64Array(moment.length);
  const least = tolerance * Math.sqrt(square / n);
  for (let round = 0, moved = Infinity; moved > least && round < rounds; round++) {
    moved = 0;
    for (let j = 0; j < weights.length; j++) {
      const own = gram[j]![j]!;
      if (own === 0) continue;
      let rest = moment[j]! + own * weights[j]!;
      for (let k = 0; k < weights.length; k++) rest -= gram[j]![k]! * weights[k]!;
      const next = (Math.sign(rest) * Math.max(0, Math.abs(rest) - n * alpha)) / own;
      moved = Math.max(moved, Math.abs(next - weights[j]!) * Math.sqrt(own / n));
      weights[j] = next;
    }
  }
  return weights;
}
