// Lines and dots that lie on each other, so that they can be drawn to be seen.
import * as Plot from "@observablehq/plot";
import {extent} from "./axes.js";

/** A point's place among those that it lies on: 0 is drawn first, below the others. */
export interface Place {
  index: number;
  count: number;
}

/** Where the points of lines are, and how far apart values are that look like one. */
interface Reading<T> {
  at: (point: T) => number;
  value: (point: T) => number;
  near: number;
}

/** A line that has dashes everywhere: their length and that of the gaps, in pixels. */
type Dash = readonly [on: number, off: number];

export interface Overlaps<T> {
  /** The place of a point of the lines; any other lies on none. */
  placeOf: (point: T) => Place;
  /** The largest of all rings. */
  largestRing: number;
  /** The marks of some of the lines: where a line lies on others, their dashes have turns. */
  marksOf: (lines: readonly (readonly T[])[], options: Plot.LineOptions, dash?: Dash) => Plot.Markish[];
}

/** The length of a usual axis. */
const axisLength = 250;

/** How far apart values are that look like one, on an axis of these: so many pixels, of lines one. */
export function nearness(values: Iterable<number>, pixels = 1): number {
  const [low, high] = extent(values) ?? [0, 0];
  return (pixels / axisLength) * (high - low);
}

/** The numbers of some lines, in the order in which they are drawn: the same object for the same lines. */
type Lines = readonly number[];

/** The line of a point, and the lines that have one there which looks like it. */
interface Spot {
  line: number;
  lines: Lines;
}

const placeIn = ({line, lines}: Spot): Place => ({index: lines.indexOf(line), count: lines.length});
const alone: Spot = {line: 0, lines: [0]};

/**
 * Where lines lie on each other. They are given in the order in which they are drawn, each with its points in the order of their
 * positions; a point whose value is NaN breaks its line.
 */
export function overlaps<T>(lines: readonly (readonly T[])[], reading: Reading<T>): Overlaps<T> {
  const known = new Map<string, Lines>();
  const sameFor = (some: Lines) => {
    const key = some.join();
    if (!known.has(key)) known.set(key, some);
    return known.get(key)!;
  };
  const spots = lines.length > 1 ? spotsOf(lines, reading, sameFor) : new Map<T, Spot>();
  const placeOf = (point: T) => placeIn(spots.get(point) ?? alone);
  return {
    placeOf,
    largestRing: [...spots.values()].reduce((most, spot) => Math.max(most, ringOf(placeIn(spot))), 0),
    marksOf: (some, options, dash) =>
      piecesOf(some, {spots, sameFor, value: reading.value, dash}).map(({points, runs, style}) =>
        Plot.line(points, {...options, z: runs, ...style})
      )
  };
}

/** The spots of all points that lie on others. */
function spotsOf<T>(
  lines: readonly (readonly T[])[],
  {at, value, near}: Reading<T>,
  sameFor: (lines: Lines) => Lines
): Map<T, Spot> {
  const positions = new Map<number, {point: T; line: number; value: number}[]>();
  lines.forEach((points, line) => {
    for (const point of points) {
      const some = {point, line, value: value(point)};
      if (isNaN(some.value)) continue;
      const others = positions.get(at(point));
      if (others) others.push(some);
      else positions.set(at(point), [some]);
    }
  });
  const spots = new Map<T, Spot>();
  for (const points of positions.values()) {
    points.sort((a, b) => a.value - b.value);
    for (let start = 0, end = 1; end <= points.length; ++end) {
      // Not from each to the next: in a dense fan the first and the last may be far apart.
      if (end < points.length && points[end]!.value - points[start]!.value <= near) continue;
      const same = points.slice(start, end);
      start = end;
      const lines = sameFor([...new Set(same.map(({line}) => line))].sort((a, b) => a - b));
      if (lines.length > 1) for (const {point, line} of same) spots.set(point, {line, lines});
    }
  }
  return spots;
}

/** The parts of lines that look the same: runs of points, by the number of their run. */
interface Piece<T> {
  points: T[];
  runs: number[];
  style: Plot.LineOptions;
}

/** Where lines lie on each other, and how to read their values. */
interface Found<T> {
  spots: ReadonlyMap<T, Spot>;
  sameFor: (lines: Lines) => Lines;
  value: (point: T) => number;
}

function piecesOf<T>(
  lines: readonly (readonly T[])[],
  {dash, ...found}: Found<T> & {dash: Dash | undefined}
): Piece<T>[] {
  const pieces = new Map<string, Piece<T>>();
  let run = -1;
  for (const line of lines) {
    const segments = line.slice(1).map((end, i) => segmentOf(line[i]!, end, found));
    let spot = segments.find(isPresent) ?? alone;
    let piece: Piece<T> | undefined;
    segments.forEach((segment, i) => {
      // A gap belongs to the run before it, or else to that after it: a path breaks where it has no value.
      const next = segment ?? spot;
      if (!piece || next.lines !== spot.lines) {
        const before = piece;
        piece = pieceFor(dashes(placeIn(next), dash), pieces);
        // Dashes start again with other lines, so that all that lie on each other start at the same point.
        if (piece !== before || piece.style.strokeDasharray !== undefined) {
          piece.points.push(line[i]!);
          piece.runs.push(++run);
        }
      }
      spot = next;
      piece.points.push(line[i + 1]!);
      piece.runs.push(run);
    });
  }
  return [...pieces.values()];
}

function pieceFor<T>(style: Plot.LineOptions, pieces: Map<string, Piece<T>>): Piece<T> {
  const look = JSON.stringify(style);
  const piece = pieces.get(look) ?? {points: [], runs: [], style};
  pieces.set(look, piece);
  return piece;
}

const isPresent = <T>(value: T | undefined): value is T => value !== undefined;

/** The lines that have a segment like this one, or undefined if it is in a gap. */
function segmentOf<T>(start: T, end: T, {spots, sameFor, value}: Found<T>): Spot | undefined {
  if (isNaN(value(start)) || isNaN(value(end))) return undefined;
  const [from, to] = [spots.get(start), spots.get(end)];
  if (!from || !to) return alone;
  if (from.lines === to.lines) return from;
  const others = new Set(to.lines);
  const lines = from.lines.filter((line) => others.has(line));
  return lines.length > 1 ? {...from, lines: sameFor(lines)} : alone;
}

/** How long a dash is where lines that have none elsewhere lie on each other, in pixels. */
const dashLength = 7;

function dashes({index, count}: Place, dash: Dash | undefined): Plot.LineOptions {
  // The lowest line is seen in the gaps of those above it.
  if (!dash && index === 0) return {};
  const [drawn, turn] = dash ? [dash[0], dash[0] + dash[1]] : [dashLength, dashLength];
  return {
    strokeDasharray: `${drawn},${turn * count - drawn}`,
    strokeDashoffset: -turn * (dash ? index : index - 1)
  };
}

/** How many dots a line of this width has at most: more would lie on each other and hide it. */
export const mostDots = (width: number) => Math.floor(width / 8);

/** How much larger a dot is than the one above it, so that a ring of it is seen. */
export const ringOf = ({index, count}: Place) => 2 * Math.min(4, count - 1 - index);
