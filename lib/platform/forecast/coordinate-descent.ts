// Linear regression that drops weak predictors: the lasso.

export interface LinearFit {
  /** The penalty that it was found with, in units of y. */
  lambda: number;
  intercept: number;
  /** One a column, 0 for a column that was dropped. */
  weights: number[];
  residualSquares: number;
}

/**
 * Minimises ½·mean((y − a − Xw)²) + lambda·Σ|wⱼ·sⱼ|, sⱼ the column's standard deviation, by cyclic coordinate descent:
 * J. Friedman, T. Hastie & R. Tibshirani, J. of Statistical Software 33 (2010), 1–22. Each lambda starts from the
 * weights of the one before, so give them from large to small. Stops when no weight moves by more than 1e-7 deviations, or
 * after 1000 rounds, which only columns that are nearly the same need.
 * @param columns X by column, each as long as y
 */
export function lasso(columns: Float64Array[], y: Float64Array, lambdas: number[]): LinearFit[] {
  const n = y.length;
  const target = standardize(y);
  const predictors = columns.map(standardize);
  // Sums over the rows are taken once: a round of the descent then costs no more for long series than for short ones.
  const gram = predictors.map((a) => predictors.map((b) => dot(a.values, b.values) / n));
  const slope = predictors.map((a) => dot(a.values, target.values) / n);
  const w = predictors.map(() => 0);

  return lambdas.map((lambda) => {
    const penalty = target.deviation > 0 ? lambda / target.deviation : 0;
    for (let round = 0, moved = Infinity; moved > 1e-7 && round < 1000; round++) {
      moved = 0;
      for (let j = 0; j < w.length; j++) {
        if (predictors[j]!.deviation === 0) continue;
        const partial = slope[j]! - gram[j]!.reduce((sum, g, i) => sum + g * w[i]!, 0) + w[j]!;
        const next = Math.sign(partial) * Math.max(0, Math.abs(partial) - penalty);
        moved = Math.max(moved, Math.abs(next - w[j]!));
        w[j] = next;
      }
    }
    const weights = w.map((value, j) =>
      value === 0 ? 0 : (value * target.deviation) / predictors[j]!.deviation
    );
    const intercept = weights.reduce((sum, weight, j) => sum - weight * predictors[j]!.mean, target.mean);
    let residualSquares = 0;
    for (let t = 0; t < n; t++) {
      residualSquares +=
        (y[t]! - weights.reduce((sum, weight, j) => sum + weight * columns[j]![t]!, intercept)) ** 2;
    }
    return {lambda, intercept, weights, residualSquares};
  });
}

/** The least penalty that drops every predictor, in units of y. */
export function largestLambda(columns: Float64Array[], y: Float64Array): number {
  const target = standardize(y);
  return Math.max(
    0,
    ...columns.map(
      (column) => Math.abs(dot(standardize(column).values, target.values) / y.length) * target.deviation
    )
  );
}

/** With mean 0 and variance 1; all zeros where nothing varies. */
function standardize(values: Float64Array) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  // Rounding leaves a trace of a deviation in a constant column, which must not be blown up to 1.
  const varies = deviation > 1e-12 * Math.abs(mean);
  return {
    mean,
    deviation: varies ? deviation : 0,
    values: values.map((value) => (varies ? (value - mean) / deviation : 0))
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
