// Names at the ends of lines, placed so that they don't overlap.
import * as Plot from "@observablehq/plot";
import {distinctLabels} from "./labels.js";
import {labelColor, type Colors} from "./palette.js";

/** A line's name and its last point. */
export interface EndLabel {
  x: unknown;
  y: number;
  label: string;
  /** What is written; if left out, as much of the label as the plot's margin has room for. */
  text?: string | undefined;
}

export const lineHeight = 14;
/** Between a line and its name. */
const gap = 8;
/** What a name gets at least, also of a margin that is narrower. */
const leastRoom = 40;

/**
 * Each name beside its line's last point, in its line's color, moved up or down only as far as its neighbors require; farther away by the
 * width of a ring around the point.
 */
export function endLabels(labels: EndLabel[], colors: Colors, ring = 0): Plot.RenderableMark {
  return Plot.text(
    labels,
    Plot.initializer(
      {
        x: "x",
        y: "y",
        text: "label",
        fill: ({label}: EndLabel) => labelColor(colors.of(label)),
        textAnchor: "start",
        dx: gap + ring,
        fontWeight: 500
      },
      (data, facets, channels, scales, dimensions, context) => {
        const spread = spreadLabels(data, facets, channels, scales, dimensions, context);
        const value = textsOf(labels, Math.max(leastRoom, dimensions.marginRight - gap - ring));
        return {...spread, channels: {...spread.channels, text: {value}}};
      }
    )
  );
}

function textsOf(labels: EndLabel[], width: number): string[] {
  const fitting = distinctLabels(
    labels.map(({label}) => label),
    width
  );
  return labels.map(({label, text}) => text ?? fitting.get(label)!);
}

/** Moves labels apart, as little as possible, within the picture, and above its bottom margin. */
const spreadLabels: Plot.InitializerFunction = (data, facets, {y}, {y: scale}, {height, marginBottom}) => {
  const wanted = Array.from(y!.value as Iterable<number>, (value) =>
    Number((scale as (v: number) => unknown)(value))
  );
  const half = lineHeight / 2;
  const ends = [half, height - Math.max(half, marginBottom)] as const;
  return {data, facets, channels: {y: {value: spread(wanted, lineHeight, ends)}}};
};

/**
 * The positions closest in total to those wanted that are at least `gap` apart and in the same order; moved to between the ends, of
 * which the first holds if there are too many for both.
 */
export function spread(
  wanted: number[],
  gap: number,
  [first, last]: readonly [number, number] = [-Infinity, Infinity]
): number[] {
  const order = wanted.map((_, i) => i).sort((i, j) => wanted[i]! - wanted[j]!);
  // Blocks of labels that touch, each centered on its members' wanted positions.
  const blocks: {members: number[]; center: number}[] = [];
  for (const i of order) {
    let block = {members: [i], center: wanted[i]!};
    for (let above = blocks.at(-1); above; above = blocks.at(-1)) {
      if (block.center - above.center >= ((block.members.length + above.members.length) * gap) / 2) break;
      blocks.pop();
      const members = [...above.members, ...block.members];
      block = {members, center: members.reduce((sum, j) => sum + wanted[j]!, 0) / members.length};
    }
    blocks.push(block);
  }
  const positions = [...wanted];
  for (const {members, center} of blocks) {
    members.forEach((i, k) => (positions[i] = center + (k - (members.length - 1) / 2) * gap));
  }
  let end = last;
  for (const i of order.toReversed()) end = (positions[i] = Math.min(positions[i]!, end)) - gap;
  let start = first;
  for (const i of order) start = (positions[i] = Math.max(positions[i]!, start)) + gap;
  return positions;
}
