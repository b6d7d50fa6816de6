// How much a figure of sums over many times varies, without drawing samples.

/**
 * The figure of the columns' sums, and the standard deviation that it has in samples of the stationary bootstrap, to first order (the
 * delta method). Blocks don't wrap around here, which makes no difference when there are many.
 *
 * Politis & Romano (1994), lemma 1: the autocovariance at lag k of n times counts (1 − k/n)(1 − 1/block)ᵏ, so this is an estimate of
 * the long-run variance as W. K. Newey & K. D. West's, Econometrica 55 (1987), 703–708, with other weights.
 */
export function deviationOf(
  columns: readonly Float64Array[],
  figure: (sums: Float64Array) => number | null,
  block: number
): {value: number | null; deviation: number} {
  const n = columns[0]!.length;
  const sums = Float64Array.from(columns, sumOf);
  const slopes = columns.map((column, c) => slope(figure, sums, c, column));
  const decay = 1 - 1 / block;
  // The sums over k ≥ 1 of decayᵏ xₜ₋ₖ, and of k decayᵏ xₜ₋ₖ.
  let [past, aged, variance] = [0, 0, 0];
  for (let i = 0; i < n; ++i) {
    let x = 0;
    for (const [c, column] of columns.entries()) x += slopes[c]! * (column[i]! - sums[c]! / n);
    variance += x * (x + 2 * (past - aged / n));
    aged = decay * (aged + past + x);
    past = decay * (past + x);
  }
  return {value: figure(sums), deviation: Math.sqrt(Math.max(0, variance))};
}

/** How much the figure changes with a sum. */
function slope(
  figure: (sums: Float64Array) => number | null,
  sums: Float64Array,
  c: number,
  column: Float64Array
): number {
  const step = 1e-5 * (Math.abs(sums[c]!) || column.reduce((sum, value) => sum + Math.abs(value), 0));
  const at = (change: number) => figure(sums.map((sum, i) => (i === c ? sum + change : sum)));
  const [before, after] = [at(-step), at(step)];
  return step && before !== null && after !== null ? (after - before) / (2 * step) : 0;
}

export const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
