// Of many rows, those that a chart of some pixels can show.
import type {ForecastRow} from "./forecast-row.js";

/**
 * The rows of a series, in order of time, with which a chart of this width looks as it does with all: of each pixel the first and last
 * row, and those with the lowest and highest of each value (M4: Jugel et al., VLDB 2014); where a pixel has a gap, a row that keeps it.
 */
export function thin(rows: ForecastRow[], width: number): ForecastRow[] {
  const pixels = Math.max(1, Math.floor(width));
  if (rows.length <= 8 * pixels) return rows;
  const [first, last] = [+rows[0]!.time, +rows.at(-1)!.time];
  const pixelOf = ({time}: ForecastRow) =>
    Math.min(pixels - 1, Math.floor((pixels * (+time - first)) / (last - first)));
  const kept: ForecastRow[] = [];
  for (let start = 0; start < rows.length;) {
    const pixel = pixelOf(rows[start]!);
    let end = start + 1;
    while (end < rows.length && pixelOf(rows[end]!) === pixel) end++;
    for (const i of telling(rows, start, end)) kept.push(rows[i]!);
    start = end;
  }
  return kept;
}

/** What is drawn of a row. */
const values: ((row: ForecastRow) => number)[] = [
  (row) => row.actual,
  (row) => row.forecast,
  (row) => row.intervals[0]?.lower ?? NaN,
  (row) => row.intervals[0]?.upper ?? NaN
];

/** The places, in order, of the rows that can be seen of one pixel's. */
function telling(rows: ForecastRow[], start: number, end: number): number[] {
  const places = new Set([start, end - 1]);
  for (const value of values) {
    let [low, high, first, last, gap] = [-1, -1, -1, -1, -1];
    for (let i = start; i < end; i++) {
      const v = value(rows[i]!);
      if (isNaN(v)) gap = i;
      else {
        if (first < 0) first = i;
        last = i;
        if (low < 0 || v < value(rows[low]!)) low = i;
        if (high < 0 || v > value(rows[high]!)) high = i;
      }
    }
    for (const i of first < 0 ? [] : [low, high, first, last, gap]) if (i >= 0) places.add(i);
  }
  return [...places].sort((a, b) => a - b);
}
