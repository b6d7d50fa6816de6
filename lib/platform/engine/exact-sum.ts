// Sums of fractions that don't depend on the order of the rows. Adding doubles rounds at each step, and several cores share
// the rows differently each time; so each value is cut into two whole numbers of fixed weight, whose sums are exact
// (fixed-point accumulation, after U. W. Kulisch & W. L. Miranker, SIAM Review 28 (1986), 1–40), and only the two sums are
// rounded.

/** Values up to this are cut; larger ones have hardly any fraction left, and sums of whole numbers are exact anyway. */
const largest = 2 ** 42;
/** Weights of the two parts' last bits: 2^-20, and below it 2^-80, past what a double of everyday size can tell. */
const coarse = 2 ** 20;
const fine = 2 ** 60;

/** SQL of the sum of a DOUBLE expression, NULL where there are no values. `suffix` is a FILTER or OVER clause. */
export function exactSum(value: string, suffix = ""): string {
  const scaled = `${value} * ${coarse}`;
  const cut = `abs(${value}) < ${largest}`;
  const sum = (part: string, scale: number) => `coalesce(sum(${part})${suffix}::DOUBLE / ${scale}, 0)`;
  const parts = [
    sum(`CASE WHEN ${cut} THEN trunc(${scaled})::BIGINT END`, coarse),
    sum(`CASE WHEN ${cut} THEN ((${scaled} - trunc(${scaled})) * ${fine})::BIGINT END`, coarse * fine),
    sum(`CASE WHEN NOT ${cut} THEN ${value} END`, 1)
  ];
  return `CASE WHEN count(${value})${suffix} > 0 THEN ${parts.join(" + ")} END`;
}

/** SQL of the mean of a DOUBLE expression, NULL where there are no values. */
export const exactMean = (value: string, suffix = "") =>
  `(${exactSum(value, suffix)}) / count(${value})${suffix}`;

/** SQL of a sample variance or standard deviation that doesn't depend on the order of the rows: it sorts the values. */
export const sortedSpread = (name: "var_samp" | "stddev_samp", value: string, suffix = "") =>
  `list_${name}(list_sort(list(${value}::DOUBLE)${suffix}))`;
