// Keeps a few values that are far from the others from flattening them: the axis ends before, and marks at its ends tell the values.
import * as Plot from "@observablehq/plot";
import type {Format} from "./format.js";
import {textsBeside} from "./texts-beside.js";

/**
 * Whether to end the axis before outliers, which then stand at its end and name their values: `true` finds them; a number is the
 * largest size that is drawn to scale; and a quantile of the values, such as 0.99, is the end, with its counterpart the other.
 */
export type Clip = boolean | number | {quantile: number};

/** A value and its time. */
export interface Point {
  time: Date;
  value: number;
}

/**
 * Where the axis ends: at the outermost values that are no more than three times the middle half's range beyond it, which J. W. Tukey
 * (Exploratory Data Analysis, 1977) calls not "far out"; or as the option says. Undefined if no value is outside.
 * @param base where the marks start, if they do at one value, as bars do: then the range is that from there to the third quartile
 */
export function clippedDomain(
  values: Iterable<number>,
  clip: Clip,
  base?: number
): [number, number] | undefined {
  const limits = typeof clip === "number" ? sizes(clip) : undefined;
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  if (clip === false || !sorted.length) return undefined;
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const [low, high] =
    limits ?? (typeof clip === "object" ? quantiles(at, clip.quantile) : fences(sorted, base));
  const inside = sorted.filter((value) => value >= low && value <= high);
  if (inside.length === sorted.length) return undefined;
  // All on one side may be outside.
  if (limits)
    return [
      sorted[0]! > high ? 0 : Math.max(low, sorted[0]!),
      sorted.at(-1)! < low ? 0 : Math.min(high, sorted.at(-1)!)
    ];
  const [start, end] = [inside[0]!, inside.at(-1)!];
  const margin = 0.08 * (end - (base ?? start) || Math.abs(end) || 1);
  // A side on which nothing is cut off ends where it would.
  return [start > sorted[0]! ? start - margin : start, end < sorted.at(-1)! ? end + margin : end];
}

/** The largest size that is drawn to scale of marks that start at zero, as errors do; infinite if all are. */
export const clippedSize = (values: readonly number[], clip: Clip): number =>
  clippedDomain(values.map(Math.abs), clip, 0)?.[1] ?? Infinity;

/** Where a value is drawn. */
export const drawnAt = (value: number, most: number) =>
  isNaN(value) ? value : Math.min(most, Math.max(-most, value));

function fences(sorted: Float64Array, base?: number): [number, number] {
  // The quartiles are of the values nearer to the middle, so that of a few values one can be far out.
  const last = sorted.length - 1;
  const [first, third] = [sorted[Math.ceil(0.25 * last)]!, sorted[Math.floor(0.75 * last)]!];
  if (base !== undefined) return sorted.length < 3 ? [base, Infinity] : [base, third + 3 * (third - base)];
  const range = third - first || Math.abs(sorted[last >> 1]!) || 1;
  return [first - 3 * range, third + 3 * range];
}

function sizes(clip: number): [number, number] {
  if (!(clip > 0)) throw new RangeError(`The clip is ${clip}: give it a number above zero, or true`);
  return [-clip, clip];
}

function quantiles(at: (share: number) => number, quantile: number): [number, number] {
  if (!(quantile > 0.5 && quantile <= 1))
    throw new RangeError(`The clip's quantile is ${quantile}: give one between 0.5 and 1, such as 0.99`);
  return [at(1 - quantile), at(quantile)];
}

/** A mark at the axis's end for each value beyond it, and the value for those that are farthest. */
export function clippedMarks(
  points: Iterable<Point>,
  [low, high]: readonly [number, number],
  format: Format<number>
): Plot.CompoundMark {
  const outside = [...points].filter(({value}) => value < low || value > high);
  outside.sort((a, b) => Math.abs(b.value - high) - Math.abs(a.value - high));
  const marks = (
    [
      [outside.filter(({value}) => value > high), "top"],
      [outside.filter(({value}) => value < low), "bottom"]
    ] as const
  ).flatMap(([some, frameAnchor]) => [
    Plot.dot(some, {
      x: "time",
      frameAnchor,
      symbol: "triangle",
      rotate: frameAnchor === "top" ? 0 : 180,
      r: 4,
      fill: "currentColor",
      dy: frameAnchor === "top" ? 5 : -6,
      className: "ikigai-clipped"
    }),
    // Up to the frame's edge, so that no line that leaves it there shows above them.
    ...textsBeside(
      some,
      ({time}) => time,
      ({value}) => format(value),
      {frameAnchor, dy: frameAnchor === "top" ? 1 : 0}
    )
  ]);
  return Plot.marks(...marks);
}
