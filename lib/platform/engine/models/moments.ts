// What a linear model needs to know of its data: counts, means and products, gathered in one pass over the rows, so that
// memory doesn't grow with them.

export interface Moments {
  n: number;
  /** Means of the features, then of the target. */
  means: Float64Array;
  /** Σ(xᵢ − mean)(xⱼ − mean) over the features and, last, the target; symmetric. */
  products: Float64Array[];
}

/** Updates means and products row by row: B. P. Welford, Technometrics 4 (1962), 419–420, for products of two columns. */
export function momentsOf(width: number): Moments & {add: (row: Float64Array) => void} {
  const means = new Float64Array(width);
  const products = Array.from({length: width}, () => new Float64Array(width));
  const before = new Float64Array(width);
  const moments = {
    n: 0,
    means,
    products,
    add(row: Float64Array) {
      moments.n++;
      for (let i = 0; i < width; i++) {
        before[i] = row[i]! - means[i]!;
        means[i]! += before[i]! / moments.n;
      }
      for (let i = 0; i < width; i++) {
        const after = row[i]! - means[i]!;
        const line = products[i]!;
        for (let j = 0; j <= i; j++) {
          line[j]! += after * before[j]!;
          products[j]![i] = line[j]!;
        }
      }
    }
  };
  return moments;
}
