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
 * are alike, ⌈log₂ n⌉ + 1 of them (Sturges); never more than `most`. No bins without values, one if all are alike.
 *
 * D. Freedman & P. Diaconis, On the histogram as a density estimator: L₂ theory, Zeitschrift für Wahrscheinlichkeitstheorie und verwandte
 * Gebiete 57 (1981), 453–476.
 */
export function histogram(data: Data, name: string, most = 60): Bin[] {
  const values = Float64Array.from(numbers(data, name).filter(Number.isFinite)).sort();
  if (!values.length) return [];
  const [low, high] = [values[0]!, values.at(-1)!];
  const spread = quantile(values, 0.75) - quantile(values, 0.25);
  const bins = high > low ? binCount(high - low, spread, values.length, most) : 1;
  const result = Array.from({length: bins}, (_, i) => ({
    lower: low + ((high - low) * i) / bins,
    upper: low + ((high - low) * (i + 1)) / bins,
    count: 0
  }));
  for (const value of values)
    ++result[high > low ? Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins)) : 0]!.count;
  return result;
}

function binCount(range: number, spread: number, n: number, most: number): number {
  const bins = spread > 0 ? Math.ceil(range / ((2 * spread) / Math.cbrt(n))) : Math.ceil(Math.log2(n)) + 1;
  return Math.max(1, Math.min(most, bins));
}

/** The statement that gives the same rows of a table. */
export const histogramSql = (table: string, name: string, most = 60): string => `WITH finite AS (
  SELECT ${double(name)} AS v FROM ${identifier(table)} WHERE isfinite(${double(name)})
), range AS (
  SELECT min(v) AS low, max(v) AS high, count(*) AS n, quantile_cont(v, 0.75) - quantile_cont(v, 0.25) AS spread FROM finite
), sized AS (
  SELECT low, high, CAST(CASE WHEN high = low THEN 1 ELSE greatest(1, least(${most},
    CASE WHEN spread > 0 THEN ceil((high - low) / (2 * spread / cbrt(n))) ELSE ceil(log2(n)) + 1 END)) END AS INTEGER) AS bins
  FROM range WHERE n > 0
), placed AS (
  SELECT CASE WHEN high > low THEN least(bins - 1, floor((v - low) / (high - low) * bins)) ELSE 0 END AS bin FROM finite, sized
)
SELECT low + (high - low) * i / bins AS lower, low + (high - low) * (i + 1) / bins AS upper,
  CAST((SELECT count(*) FROM placed WHERE bin = i) AS INTEGER) AS count
FROM sized, (SELECT unnest(range(0, (SELECT bins FROM sized))) AS i) ORDER BY i`;
