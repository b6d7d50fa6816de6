// Lines and dots that lie on each other, so that they can be drawn to be seen.

/** The values of one line by their position. */
export interface Line {
  name: string;
  values: Map<number, number>;
}

/** A line's place among those that it coincides with: 0 is drawn first, below the others. */
export interface Place {
  index: number;
  count: number;
}

/**
 * The lines that coincide with others, at half of the positions that they share or more: where they do so at fewer, both are seen.
 * @param positions all that there are
 * @param tolerance how far apart values are that look like one
 */
export function coinciding(lines: Line[], positions: number[], tolerance: number): Map<string, Place> {
  const groups: Line[][] = [];
  for (const line of lines) {
    const group = groups.find((others) => others.some((other) => overlap(line, other, positions, tolerance)));
    if (group) group.push(line);
    else groups.push([line]);
  }
  return new Map(
    groups.flatMap((group) => group.map(({name}, index) => [name, {index, count: group.length}] as const))
  );
}

function overlap(a: Line, b: Line, positions: number[], tolerance: number): boolean {
  const shared = positions.filter((at) => !isNaN(a.values.get(at) ?? NaN) && !isNaN(b.values.get(at) ?? NaN));
  const near = shared.filter((at) => Math.abs(a.values.get(at)! - b.values.get(at)!) <= tolerance);
  return near.length > 0 && near.length >= shared.length / 2;
}

/** The dashes of a line that lies above others, which show the colors of all: each has its turn. */
export const dashes = ({index, count}: Place) =>
  index === 0 ? undefined : {strokeDasharray: `7,${7 * (count - 1)}`, strokeDashoffset: -7 * (index - 1)};

/** How much larger a dot is than the one above it, so that a ring of it is seen. */
export const ringOf = ({index, count}: Place) => 2 * Math.min(4, count - 1 - index);
