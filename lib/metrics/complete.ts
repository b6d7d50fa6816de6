// The rows that a measure counts.
import {numbers, type Data} from "./column.js";

/** Calls `take` with the values of each row whose columns all hold finite numbers. The array is the same each time. Gives the number of all rows. */
export function eachComplete(
  data: Data,
  columns: (string | number)[],
  take: (i: number, row: number[]) => void
): number {
  const read = columns.map((name) => (typeof name === "number" ? name : numbers(data, name)));
  const length = Math.max(0, ...read.map((values) => (typeof values === "number" ? 0 : values.length)));
  const row = new Array<number>(columns.length).fill(NaN);
  for (let i = 0; i < length; ++i) {
    let complete = true;
    for (let j = 0; j < read.length; ++j) {
      const values = read[j]!;
      row[j] = typeof values === "number" ? values : values[i]!;
      complete &&= Number.isFinite(row[j]);
    }
    if (complete) take(i, row);
  }
  return length;
}
