// Series that add up: each identifier column, from the left, is a level within the one before.
import type {Series} from "./series.js";

/** Stands for an identifier that a sum runs over. */
export const everything = "(all)";

/** The series of every level above the given ones, the total first. */
export function sumsOf(series: Series[], depth: number): Series[] {
  const sums = new Map<string, Series>();
  for (let level = 0; level < depth; level++) {
    for (const each of series) {
      const key = each.key.map((part, i) => (i < level ? part : everything));
      const id = JSON.stringify(key);
      const sum = sums.get(id);
      sums.set(id, sum ? added(sum, each) : {...each, key});
    }
  }
  return [...sums.values()];
}

/** Series end at one place; where one hasn't begun yet, it adds nothing. */
function added(a: Series, b: Series): Series {
  const [longer, shorter] = a.values.length >= b.values.length ? [a, b] : [b, a];
  const offset = longer.values.length - shorter.values.length;
  const values = longer.values.map((value, i) => (i < offset ? value : value + shorter.values[i - offset]!));
  return {key: a.key, start: longer.start, values, missing: Math.max(a.missing, b.missing)};
}

/**
 * Each series' share of their total over the whole past: proportions of the historical averages (C. W. Gross & J. E. Sohl,
 * J. of Forecasting 9 (1990), 233–254). Equal shares where the total is zero.
 */
export function sharesOf(series: Series[]): number[] {
  const sums = series.map(({values}) => values.reduce((sum, value) => sum + value, 0));
  const total = sums.reduce((a, b) => a + b, 0);
  return sums.map((sum) => (total === 0 ? 1 / series.length : sum / total));
}

/** Whether a sum's key covers a series. */
export const covers = (sum: string[], key: string[]) =>
  sum.every((part, i) => part === everything || part === key[i]);
