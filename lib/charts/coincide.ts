// Lines that lie on each other: found, and dashed so that each can be seen.
import {extent} from "./axes.js";

/** A line's values by time. */
export type LineValues = ReadonlyMap<number, number>;

/** Two lines closer than this share of the values' range look like one: two pixels of 200. */
const closeness = 0.01;

/** The dashes of each line, as for SVG: undefined is solid. Of lines that coincide, each has shorter dashes than the one under it. */
export function dashes(lines: ReadonlyMap<string, LineValues>): Map<string, string | undefined> {
  const range = extent([...lines.values()].flatMap((line) => [...line.values()]));
  const near = range ? closeness * (range[1] - range[0]) : 0;
  const groups: string[][] = [];
  for (const [name, line] of lines) {
    const group = groups.find(([first]) => coincide(lines.get(first!)!, line, near));
    if (group) group.push(name);
    else groups.push([name]);
  }
  return new Map(
    groups.flatMap((group) =>
      group.map((name, i) => [name, i ? dashOf(i, group.length) : undefined] as const)
    )
  );
}

/** Whether two lines are as good as the same at nine in ten of the times that they share. */
function coincide(a: LineValues, b: LineValues, near: number): boolean {
  let [shared, close] = [0, 0];
  for (const [time, value] of a) {
    const other = b.get(time);
    if (other === undefined) continue;
    shared++;
    if (Math.abs(value - other) <= near) close++;
  }
  return shared > 0 && close >= 0.9 * shared;
}

const period = 18;

function dashOf(place: number, count: number): string {
  const dash = Math.max(2, Math.round((period * (count - place)) / count));
  return `${dash},${Math.max(2, period - dash)}`;
}
