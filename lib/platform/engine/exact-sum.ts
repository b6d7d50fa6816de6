// Sums of fractions that don't depend on the order of the rows. Adding doubles rounds at each step, and several cores share
// the rows differently each time; so each value is cut into two whole numbers of fixed weight, whose sums are exact
// (fixed-point accumulation, after U. W. Kulisch & W. L. Miranker, SIAM Review 28 (1986), 1–40), and only the two sums are
// rounded.

/** Weights of the two parts' last bits: 2^-20, and below it 2^-80, past what a double of everyday size can tell. */
const coarse = 2 ** 20;
const fine = 2 ** 60;

/** SQL of the sum of a DOUBLE expression, NULL where there are no values. `suffix` is a FILTER or OVER clause. */
export function exactSum(value: string, suffix = ""): string {
  const scaled = `${value} * ${coarse}`;
  // Values of 2^43 and more don't fit and aren't cut: they have hardly any fraction left, and sums of whole numbers are
  // exact anyway. TRY_CAST tells them apart, and not CASE, for inside of CASE DuckDB works nothing out once for all parts.
  const whole = `TRY_CAST(${scaled} AS BIGINT)`;
  const rest = `((${scaled} - ${whole}::DOUBLE) * ${fine})::BIGINT`;
  const sum = (part: string) => `sum(${part})${suffix}::DOUBLE`;
  const [wholes, rests] = [sum(whole), sum(rest)];
  const large = sum(`CASE WHEN ${whole} IS NULL THEN ${value} END`);
  return (
    `CASE WHEN coalesce(${wholes}, ${large}) IS NOT NULL THEN ` +
    `coalesce(${wholes} / ${coarse}, 0) + coalesce(${rests} / ${coarse * fine}, 0) + coalesce(${large}, 0) END`
  );
}

/** SQL of the mean of a DOUBLE expression, NULL where there are no values. */
export const exactMean = (value: string, suffix = "") =>
  `(${exactSum(value, suffix)}) / count(${value})${suffix}`;

/** SQL of a sample variance or standard deviation that doesn't depend on the order of the rows: it sorts the values. */
export const sortedSpread = (name: "var_samp" | "stddev_samp", value: string, suffix = "") =>
  `list_${name}(list_sort(list(${value}::DOUBLE)${suffix}))`;
