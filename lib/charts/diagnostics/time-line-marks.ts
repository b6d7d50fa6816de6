// The marks and the key of lines over time.
import * as Plot from "@observablehq/plot";
import {halo, type Highlight} from "../emphasis.js";
import {lineKey, othersKey, type KeyItem} from "../key.js";
import {distinctLabels} from "../labels.js";
import {mostDots, nearness, overlaps, ringOf} from "../overlaps.js";
import {faded, muted} from "../palette.js";
import {standingAlone} from "./line-gaps.js";

/** Lines with dots, or dots alone. */
export type Shape = "lines" | "dots";

/** A value of a version at a time; NaN is a gap in its line. */
export interface TimeValue {
  version: string;
  time: Date;
  value: number;
  /** Whether it gets a ring. */
  isMarked?: boolean;
}

/** The radius of a dot on a line, and how much larger the ring of a marked one is. */
const radius = 3;
export const markRing = 3;

/** More dots without lines are too small for rings, by which versions that coincide are seen. */
const mostRings = 500;

/** The lines with their dots, those in grey first, and how much larger than others the largest dot is, which lies under others. */
export function drawLines(
  rows: TimeValue[],
  main: string[],
  shape: Shape,
  width: number
): {drawn: Plot.Markish[]; largestRing: number} {
  const isMain = new Set(main);
  const [shown, grey] = [
    rows.filter((row) => isMain.has(row.version)),
    rows.filter((row) => !isMain.has(row.version))
  ];
  const at = {x: "time", y: "value"};
  if (shape === "dots" && shown.length > mostRings)
    return {
      drawn: [
        Plot.dot(grey, {...at, fill: faded, r: 1.5}),
        Plot.dot(shown, {...at, fill: "version", r: 1.5, fillOpacity: 0.8})
      ],
      largestRing: 0
    };
  const lines = main.map((name) => shown.filter((row) => row.version === name));
  const dotted = lines.flatMap((line) =>
    line.length <= mostDots(width) ? line : standingAlone(line, ({value}) => value)
  );
  const overlapping = overlaps(lines, {
    at: ({time}) => +time,
    value: ({value}) => value,
    near: nearness([0, ...rows.map(({value}) => value)])
  });
  const ring = (row: TimeValue) => ringOf(overlapping.placeOf(row));
  const largest = (row: TimeValue) => ringOf({...overlapping.placeOf(row), index: 0});
  const dots = (some: TimeValue[], size: number) =>
    Plot.dot(some, {
      ...at,
      fill: "version",
      r: {value: (row: TimeValue) => size + ring(row), scale: null},
      sort: (row: TimeValue) => -ring(row)
    });
  const {largestRing} = overlapping;
  if (shape === "dots")
    return {drawn: [Plot.dot(grey, {...at, fill: faded, r: 1.5}), dots(shown, 2.5)], largestRing};
  const drawn = [
    Plot.lineY(grey, {...at, z: "version", stroke: faded, strokeWidth: 1}),
    grey.length ? Plot.lineY(shown, {...at, z: "version", ...halo}) : null,
    ...overlapping.marksOf(lines, {...at, stroke: "version", strokeWidth: 2}),
    dots(dotted, radius),
    Plot.dot(
      shown.filter(({isMarked}) => isMarked),
      {
        ...at,
        r: {value: (row: TimeValue) => radius + markRing + largest(row), scale: null},
        stroke: "currentColor",
        strokeWidth: 1.5
      }
    )
  ];
  return {drawn, largestRing};
}

/** The last point of each line in color, with a label that fits this many pixels. */
export function endsOf(rows: TimeValue[], main: string[], width: number) {
  const labels = distinctLabels(main, width);
  const last = new Map(rows.map((row) => [row.version, row]));
  return main.flatMap((name) => {
    const row = last.get(name);
    return row ? [{x: row.time, y: row.value, label: labels.get(name)!, name, isMarked: row.isMarked}] : [];
  });
}

/** The key: the versions whose names aren't at their lines, the others, and what dashed rules and rings mean. */
export function keyOf({
  main,
  others,
  several,
  direct,
  valued,
  colors,
  kindOf,
  dashed,
  marked
}: Pick<Highlight, "main" | "others" | "colors"> & {
  several: boolean;
  direct: boolean;
  /** The versions with a value. */
  valued: ReadonlySet<string>;
  kindOf: (version: string) => "line" | "dot";
  dashed: string | undefined;
  marked: string | undefined;
}): KeyItem[] {
  return [
    ...(several ? lineKey(main, colors.of, {valued, direct, kindOf}) : []),
    ...othersKey(others, kindOf),
    ...(dashed === undefined ? [] : [{label: dashed, color: muted, kind: "dashed"} as const]),
    ...(marked === undefined ? [] : [{label: marked, color: "currentColor", kind: "ring"} as const])
  ];
}
