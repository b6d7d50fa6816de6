// p-values of several tests at once.

/**
 * p-values adjusted for their number, in their order: each is the smallest level of error over all of them at which it still counts
 * as found. Nulls stay null and don't count.
 *
 * S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979), 65–70.
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const order = [...pValues.keys()].filter((i) => pValues[i] !== null);
  order.sort((i, j) => pValues[i]! - pValues[j]!);
  const adjusted = pValues.map((): number | null => null);
  let least = 0;
  order.forEach((i, rank) => {
    least = Math.max(least, Math.min(1, pValues[i]! * (order.length - rank)));
    adjusted[i] = least;
  });
  return adjusted;
}
