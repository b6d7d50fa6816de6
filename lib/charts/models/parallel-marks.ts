// The marks of parallel coordinates: an axis in each row, its values above it, and a line down through the rows for each version.
import * as Plot from "@observablehq/plot";
import {halo, type Highlight} from "../emphasis.js";
import {distinctLabels, textWidth} from "../labels.js";
import {overlaps, ringOf} from "../overlaps.js";
import {faded, muted, mutedText} from "../palette.js";
import type {ParallelAxis} from "./parallel-axes.js";

/** How near two places are that look like one. */
const near = 0.008;

/** Of the values above the axes. */
const fontSize = 11;

interface Stand {
  version: string;
  row: number;
  place: number;
}

/** The axes in pixels. */
interface Size {
  /** Their length. */
  size: number;
  /** The room before their start and after their end. */
  inset: number;
}

/** A line for each version, through all axes: those in grey first. */
export function drawParallel(axes: ParallelAxis[], {main, others}: Highlight, size: Size): Plot.Markish[] {
  const standsOf = (version: string): Stand[] =>
    axes.map(({places}, row) => ({version, row, place: places.get(version)!}));
  const grey = others.flatMap(standsOf);
  const colored = main.map(standsOf);
  const overlapping = overlaps(colored, {at: ({row}) => row, value: ({place}) => place, near});
  const at = {x: "place", y: "row"} as const;
  const ring = (stand: Stand) => ringOf(overlapping.placeOf(stand));
  return [
    Plot.ruleY([...axes.keys()], {
      x1: (row: number) => axes[row]!.start,
      x2: 1,
      stroke: muted,
      strokeOpacity: 0.6
    }),
    Plot.line(grey, {...at, z: "version", stroke: faded, strokeWidth: 1}),
    Plot.dot(grey, {...at, fill: faded, r: 2}),
    grey.length ? Plot.line(colored.flat(), {...at, z: "version", ...halo}) : null,
    ...overlapping.marksOf(colored, {...at, stroke: "version", strokeWidth: 2}),
    // Dots below others are larger, and have no edge, so that a ring of each is seen.
    Plot.dot(
      colored.flat().filter((stand) => ring(stand)),
      {
        ...at,
        fill: "version",
        r: {value: (stand: Stand) => 4 + ring(stand), scale: null},
        sort: (stand: Stand) => -ring(stand)
      }
    ),
    Plot.dot(
      colored.flat().filter((stand) => !ring(stand)),
      {...at, fill: "version", r: 4, stroke: "var(--plot-background)"}
    ),
    Plot.text(
      axes.flatMap((axis, row) => stopLabels(axis, size).map((label) => ({...label, row}))),
      {
        ...at,
        text: "text",
        dy: -9,
        lineAnchor: "bottom",
        fontSize,
        fill: mutedText,
        stroke: "var(--plot-background)",
        strokeWidth: 5
      }
    )
  ];
}

/** The names of axes above their values, where there is no room beside them. */
export function namesAbove(rows: readonly number[], nameOf: (row: number) => string, width: number) {
  const margin = 8;
  const labels = distinctLabels(rows.map(nameOf), width - 2 * margin);
  return {
    marginLeft: margin,
    axis: Plot.axisY(rows, {
      label: null,
      tickSize: 0,
      tickPadding: 0,
      textAnchor: "start",
      dy: -29,
      tickFormat: (row: number) => labels.get(nameOf(row))!,
      title: (row: number) => (labels.get(nameOf(row)) === nameOf(row) ? undefined : nameOf(row)),
      textStroke: "var(--plot-background)",
      textStrokeWidth: 5
    })
  };
}

/** The room of a text with the space around it. */
const spaceOf = (text: string) => textWidth(text, fontSize) + 8;

/** The room that the texts beside the ends of the axes would need on each side. */
export const sidesOf = (axes: ParallelAxis[]): number =>
  Math.ceil(
    Math.max(...axes.flatMap(({stops}) => [stops[0]!, stops.at(-1)!].map(({text}) => spaceOf(text))))
  );

/**
 * The texts above an axis: its ends, and of the other values those that fit between them. Those at the ends stand outside of the lines
 * as far as there is room. A number with digits cut out would be another.
 */
function stopLabels({stops, numbers}: ParallelAxis, {size, inset}: Size): {text: string; place: number}[] {
  const labels = distinctLabels(
    stops.map(({text}) => text),
    numbers ? Infinity : Math.max(40, inset, size / Math.min(stops.length, 6) - 8),
    fontSize
  );
  const ends = stops.length > 1 ? [stops[0]!, stops.at(-1)!] : stops;
  const shown: {place: number; text: string; half: number}[] = [];
  for (const stop of [...ends, ...stops.slice(1, -1)]) {
    const text = labels.get(stop.text)!;
    const half = spaceOf(text) / 2;
    const side = stops.length > 1 ? (stop === ends[0] ? -1 : stop === ends[1] ? 1 : 0) : 0;
    const place = stop.place + (side * Math.max(0, Math.min(half, inset - half))) / size;
    if (shown.every((other) => Math.abs(other.place - place) * size >= other.half + half))
      shown.push({text, place, half});
  }
  return shown;
}
