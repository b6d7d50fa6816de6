// Of many values over time, those with which the picture looks as it does with all.
import {extent} from "../axes.js";
import {thin} from "../forecast/thin.js";
import {rowsBy} from "../rows-by.js";
import type {Shape, TimeValue} from "./time-line-marks.js";

/** Of each version's rows, which are in the order of time, those that can be seen in a chart of this size; those with a ring are all kept. */
export function thinLines(rows: TimeValue[], shape: Shape, width: number, height: number): TimeValue[] {
  if (rows.length <= 8 * width) return rows;
  if (shape === "dots") return thinDots(rows, width, height);
  return rowsBy(rows, ({version}) => version).flatMap((line) => {
    const times = line.map(({time}) => +time);
    const kept = new Set(thin({times, values: [(i) => line[i]!.value]}, width));
    return kept.size === line.length ? line : line.filter((row, i) => kept.has(i) || row.isMarked);
  });
}

/** One dot of a version for each pixel: others would lie on it. */
function thinDots(rows: TimeValue[], width: number, height: number): TimeValue[] {
  const [first, last] = extent(rows.map(({time}) => +time)) ?? [0, 0];
  const [low, high] = extent(rows.map(({value}) => value)) ?? [0, 0];
  const taken = new Map<string, Set<number>>();
  let [before, pixels]: [string | undefined, Set<number>] = [undefined, new Set()];
  return rows.filter(({version, time, value, isMarked}) => {
    // Rows are mostly in the order of versions: to look at the one before is faster.
    if (version !== before) {
      [before, pixels] = [version, taken.get(version) ?? new Set()];
      taken.set(version, pixels);
    }
    const x = Math.round((width * (+time - first)) / (last - first || 1));
    const pixel = x * (height + 1) + Math.round((height * (value - low)) / (high - low || 1));
    const isFree = !pixels.has(pixel);
    pixels.add(pixel);
    return isFree || isMarked;
  });
}
