// Histograms whose number of bins follows from the values.
import {identifier} from "../tabular/quote.js";
import {numbers, type Data} from "./column.js";
import {double} from "./measure.js";
import {quantile} from "./resample.js";

/** A bin of a histogram: values from `lower`, included, to `upper`, excluded but in the last bin. */
export interface Bin {
  lower: number;
  upper: number;
  count: number;
}

/**
 * The histogram of a column's finite numbers, in bins of equal width: by Freedman and Diaconis 2 IQR/∛n wide, or, if half the values
 * are alike, ⌈log₂ n⌉ + 1 of them (Sturges); never more than `most`. Bins of whole numbers hold as many of these each, one where they
 * are within 20, and end halfway between two. No bins without values, one if all are alike.
 *
 * D. Freedman & P. Diaconis, On the histogram as a density estimator: L₂ theory, Zeitschrift für Wahrscheinlichkeitstheorie und verwandte
 * Gebiete 57 (1981), 453–476.
 */
export const histogram = (data: Data, name: string, most = 60): Bin[] =>
  sortedHistogram(Float64Array.from(numbers(data, name).filter(Number.isFinite)).sort(), most);

/** The same of finite numbers in ascending order. */
export function sortedHistogram(values: Float64Array, most = 60): Bin[] {
  if (!values.length) return [];
  const [low, high] = [values[0]!, values.at(-1)!];
  if (low === high) return [{lower: low, upper: high, count: values.length}];
  const spread = quantile(values, 0.75) - quantile(values, 0.25);
  const wished = binCount(high - low, spread, values.length, most);
  const {from, to, bins} = values.every(Number.isInteger)
    ? wholeBins(low, high, high - low < few ? Math.min(most, few) : wished)
    : {from: low, to: high, bins: wished};
  const result = Array.from({length: bins}, (_, i) => ({
    lower: from + ((to - from) * i) / bins,
    upper: from + ((to - from) * (i + 1)) / bins,
    count: 0
  }));
  for (const value of values)
    ++result[Math.min(bins - 1, Math.floor(((value - from) / (to - from)) * bins))]!.count;
  return result;
}

/** Within this range, whole numbers have a bin each. */
const few = 20;

/** No more bins of whole numbers than are wished: with edges between them, or some would hold more of them than others. */
function wholeBins(low: number, high: number, wished: number) {
  const width = Math.ceil((high - low + 1) / wished);
  const bins = Math.ceil((high - low + 1) / width);
  return {from: low - 0.5, to: low - 0.5 + width * bins, bins};
}

/** The same in SQL, of a table with a row of `low`, `high`, `wished` and `whole`, which says whether all values are whole numbers. */
export const binsSql = (table: string) => `SELECT CASE WHEN whole THEN low - 0.5 ELSE low END AS first,
    CASE WHEN whole THEN low - 0.5 + width * ceil((high - low + 1) / width) ELSE high END AS final,
    CAST(CASE WHEN whole THEN ceil((high - low + 1) / width) ELSE wished END AS INTEGER) AS bins
  FROM (SELECT * REPLACE (whole AND high > low AS whole), ceil((high - low + 1) / wished) AS width FROM ${table})`;

function binCount(range: number, spread: number, n: number, most: number): number {
  const bins = spread > 0 ? Math.ceil(range / ((2 * spread) / Math.cbrt(n))) : Math.ceil(Math.log2(n)) + 1;
  return Math.max(1, Math.min(most, bins));
}

/** The statement that gives the same rows of a table. */
export const histogramSql = (table: string, name: string, most = 60): string => `WITH finite AS (
  SELECT ${double(name)} AS v FROM ${identifier(table)} WHERE isfinite(${double(name)})
), range AS (
  SELECT min(v) AS low, max(v) AS high, count(*) AS n, quantile_cont(v, 0.75) - quantile_cont(v, 0.25) AS spread,
    bool_and(v = floor(v)) AS whole FROM finite
), counted AS (
  SELECT low, high, whole, CASE WHEN high = low THEN 1 WHEN whole AND high - low < ${few} THEN ${Math.min(most, few)} ELSE greatest(1, least(${most},
    CASE WHEN spread > 0 THEN ceil((high - low) / (2 * spread / cbrt(n))) ELSE ceil(log2(n)) + 1 END)) END AS wished
  FROM range WHERE n > 0
), sized AS (
  ${binsSql("counted")}
), placed AS (
  SELECT CASE WHEN final > first THEN least(bins - 1, floor((v - first) / (final - first) * bins)) ELSE 0 END AS bin FROM finite, sized
)
SELECT first + (final - first) * i / bins AS lower, first + (final - first) * (i + 1) / bins AS upper,
  CAST((SELECT count(*) FROM placed WHERE bin = i) AS INTEGER) AS count
FROM sized, (SELECT unnest(range(0, (SELECT bins FROM sized))) AS i) ORDER BY i`;
