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

/** In pixels. A dot's radius is 2.5, so that of two that are nearer, one hides most of the other. */
const dotStep = 2;

/** One dot of a version in each square of the picture of so many pixels. */
function thinDots(rows: TimeValue[], width: number, height: number): TimeValue[] {
  const [first, last] = extent(rows.map(({time}) => +time)) ?? [0, 0];
  const [low, high] = extent(rows.map(({value}) => value)) ?? [0, 0];
  const [columns, lines] = [Math.ceil(width / dotStep), Math.ceil(height / dotStep)];
  const byVersion = new Map<string, Set<number>>();
  let [before, taken]: [string | undefined, Set<number>] = [undefined, new Set()];
  return rows.filter(({version, time, value, isMarked}) => {
    // Rows are mostly in the order of versions: to look at the one before is faster.
    if (version !== before) {
      [before, taken] = [version, byVersion.get(version) ?? new Set()];
      byVersion.set(version, taken);
    }
    const x = Math.round((columns * (+time - first)) / (last - first || 1));
    const place = x * (lines + 1) + Math.round((lines * (value - low)) / (high - low || 1));
    const isFree = !taken.has(place);
    taken.add(place);
    return isFree || isMarked;
  });
}
