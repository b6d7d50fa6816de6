// Keeps a few values that are far from the others from flattening them: the axis ends before, and marks at its ends tell the values.
import * as Plot from "@observablehq/plot";
import type {Format} from "./format.js";

/** Whether to end the axis before outliers; or at which quantile of the values, such as 0.99, and its counterpart. */
export type Clip = boolean | {quantile: number};

/** A value and its time. */
export interface Point {
  time: Date;
  value: number;
}

/**
 * Where the axis ends: at the outermost values that are no more than three times the middle half's range beyond it, which J. W. Tukey
 * (Exploratory Data Analysis, 1977) calls not "far out"; or at quantiles. Undefined if no value is outside.
 */
export function clippedDomain(values: Iterable<number>, clip: Clip): [number, number] | undefined {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  if (!clip || !sorted.length) return undefined;
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const [low, high] = clip === true ? fences(at) : quantiles(at, clip.quantile);
  const inside = sorted.filter((value) => value >= low && value <= high);
  if (inside.length === sorted.length) return undefined;
  const [start, end] = [inside[0]!, inside.at(-1)!];
  const margin = 0.08 * (end - start || Math.abs(end) || 1);
  // A side on which nothing is cut off ends where it would.
  return [start > sorted[0]! ? start - margin : start, end < sorted.at(-1)! ? end + margin : end];
}

function fences(at: (share: number) => number): [number, number] {
  const [first, third] = [at(0.25), at(0.75)];
  const range = third - first || Math.abs(at(0.5)) || 1;
  return [first - 3 * range, third + 3 * range];
}

function quantiles(at: (share: number) => number, quantile: number): [number, number] {
  if (!(quantile > 0.5 && quantile <= 1))
    throw new RangeError(`The clip's quantile is ${quantile}: give one between 0.5 and 1, such as 0.99`);
  return [at(1 - quantile), at(quantile)];
}

const most = 6;

/** A mark at the axis's end for each value beyond it, and the value for those that are farthest. */
export function clippedMarks(
  points: Iterable<Point>,
  [low, high]: readonly [number, number],
  format: Format<number>
): Plot.CompoundMark {
  const outside = [...points].filter(({value}) => value < low || value > high);
  const marks = (
    [
      [outside.filter(({value}) => value > high), "top", 0],
      [outside.filter(({value}) => value < low), "bottom", 180]
    ] as const
  ).flatMap(([some, frameAnchor, rotate]) => [
    Plot.dot(some, {
      x: "time",
      frameAnchor,
      symbol: "triangle",
      rotate,
      r: 4,
      fill: "currentColor",
      dy: rotate ? -4 : 4,
      className: "ikigai-clipped"
    }),
    Plot.text(farthest(some, high), {
      x: "time",
      frameAnchor,
      text: ({value}: Point) => format(value),
      textAnchor: "start",
      dx: 7,
      dy: rotate ? -6 : 6,
      fill: "currentColor",
      stroke: "var(--plot-background)",
      strokeWidth: 3
    })
  ]);
  return Plot.marks(...marks);
}

/** So few that their texts can stand beside each other. */
const farthest = (points: Point[], middle: number) =>
  [...points].sort((a, b) => Math.abs(b.value - middle) - Math.abs(a.value - middle)).slice(0, most);
