// Lines and dots that lie on each other, so that they can be drawn to be seen.
import {extent} from "./axes.js";

/** The values of one line by their position. */
export interface Line {
  name: string;
  values: ReadonlyMap<number, number>;
}

/** A line's place among those that it coincides with: 0 is drawn first, below the others. */
export interface Place {
  index: number;
  count: number;
}

/** Values closer than this share of their range look like one: two pixels of 250. */
const closeness = 0.008;

/** How far apart values are that look like one, on an axis of these. */
export function nearness(values: Iterable<number>): number {
  const [low, high] = extent(values) ?? [0, 0];
  return closeness * (high - low);
}

/**
 * The lines that coincide with others, at half of the positions that they share or more: where they do so at fewer, both are seen.
 * @param near how far apart values are that look like one
 */
export function coinciding(lines: readonly Line[], near: number): Map<string, Place> {
  const groups: Line[][] = [];
  for (const line of lines) {
    const group = groups.find((others) => others.some((other) => overlap(line, other, near)));
    if (group) group.push(line);
    else groups.push([line]);
  }
  return new Map(
    groups.flatMap((group) => group.map(({name}, index) => [name, {index, count: group.length}] as const))
  );
}

function overlap(a: Line, b: Line, near: number): boolean {
  let [shared, close] = [0, 0];
  for (const [at, value] of a.values) {
    const distance = Math.abs(value - (b.values.get(at) ?? NaN));
    if (isNaN(distance)) continue;
    ++shared;
    if (distance <= near) ++close;
  }
  return close > 0 && close >= shared / 2;
}

/** The dashes of a line that lies above others, which show the colors of all: each has its turn. */
export const dashes = ({index, count}: Place) =>
  index === 0 ? undefined : {strokeDasharray: `7,${7 * (count - 1)}`, strokeDashoffset: -7 * (index - 1)};

/** How many dots a line of this width has at most: more would lie on each other and hide it. */
export const mostDots = (width: number) => Math.floor(width / 8);

/** How much larger a dot is than the one above it, so that a ring of it is seen. */
export const ringOf = ({index, count}: Place) => 2 * Math.min(4, count - 1 - index);

/** The same of the largest dot. */
export const largestRing = (places: ReadonlyMap<string, Place>) =>
  [...places.values()].reduce((most, place) => Math.max(most, ringOf(place)), 0);
