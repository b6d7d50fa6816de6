// The marks of calibration: lines and dots of the shares, and their binomial intervals.
import * as Plot from "@observablehq/plot";
import {halo, type Highlight} from "../emphasis.js";
import {thin} from "../forecast/thin.js";
import {nearness, overlaps, ringOf} from "../overlaps.js";
import {faded} from "../palette.js";
import {rowsBy} from "../rows-by.js";
import type {CalibrationPoint, CalibrationPoints} from "./calibration-points.js";
import {standingAlone} from "./line-gaps.js";

/** The versions' lines, those in grey apart, with all of their points that can be seen at this width; and where they lie on each other. */
export function calibrationLines({lines: all}: CalibrationPoints, main: string[], width: number) {
  const byVersion = new Map(
    rowsBy(all, ({version}) => version).map((line) => [line[0]!.version, thinned(line, width)])
  );
  const colored = main.flatMap((name) => (byVersion.has(name) ? [byVersion.get(name)!] : []));
  for (const name of main) byVersion.delete(name);
  return {
    colored,
    grey: [...byVersion.values()],
    overlapping: overlaps(colored, {at: ({at}) => at, value: ({share}) => share, near: nearness([0, 1])})
  };
}

/** The radius of a dot, and how far apart the bars of two versions and those of two positions are. */
const [radius, beside, apart] = [4, 2.5, 4];
/** The width that the bars of one position take at most. */
const mostBeside = 8;

/** How far apart the positions of the points are, in pixels. */
const stepOf = (points: CalibrationPoint[], width: number) => width / new Set(points.map(({at}) => at)).size;

const distanceOf = (main: string[]) =>
  main.length > 1 ? Math.min(beside, mostBeside / (main.length - 1)) : 0;

/** Whether the binomial intervals are bands: as bars, which would be closer, they would make a block. */
export const areBands = (points: CalibrationPoint[], main: string[], width: number): boolean =>
  stepOf(points, width) < (main.length - 1) * distanceOf(main) + 2 + apart;

/** The marks, in a plot that is this wide inside its margins. */
export function drawCalibration(
  points: CalibrationPoint[],
  {colored, grey, overlapping}: ReturnType<typeof calibrationLines>,
  {main, others, colors}: Highlight,
  width: number
): Plot.Markish[] {
  const stroke = main.length + others.length > 1 ? "version" : colors.of(main[0]!);
  const at = {x: "at", y: "share"};
  const step = stepOf(points, width);
  const distance = distanceOf(main);
  const isBand = areBands(points, main, width);
  const ring = (point: CalibrationPoint) => ringOf(overlapping.placeOf(point));
  return [
    Plot.lineY(grey.flat(), {...at, z: "version", stroke: faded, strokeWidth: 1}),
    Plot.dot(grey.flatMap(alone), {...at, fill: faded, r: 2.5}),
    grey.length ? Plot.lineY(colored.flat(), {...at, z: "version", ...halo}) : null,
    ...(isBand
      ? colored.map((line) =>
          Plot.areaY(line, {
            x: "at",
            y1: "lower",
            y2: "upper",
            fill: stroke,
            fillOpacity: 0.2
          })
        )
      : []),
    ...overlapping.marksOf(colored, {...at, stroke, strokeWidth: 2}),
    ...(isBand
      ? []
      : colored.map((line, i) =>
          Plot.ruleX(line, {
            x: "at",
            y1: "lower",
            y2: "upper",
            stroke,
            strokeWidth: 1.5,
            // Beside each other, or those of the last version would cover the others.
            dx: (i - (colored.length - 1) / 2) * distance
          })
        )),
    Plot.dot(step < 2 * radius ? colored.flatMap(alone) : colored.flat(), {
      ...at,
      fill: stroke,
      r: {value: (point: CalibrationPoint) => radius + ring(point), scale: null},
      sort: (point: CalibrationPoint) => -ring(point)
    })
  ];
}

const alone = (line: CalibrationPoint[]) => standingAlone(line, ({share}) => share);

function thinned(line: CalibrationPoint[], width: number): CalibrationPoint[] {
  const kept = thin(
    {
      times: line.map(({at}) => at),
      values: [(i) => line[i]!.share, (i) => line[i]!.lower, (i) => line[i]!.upper]
    },
    width
  );
  return kept.length === line.length ? line : kept.map((i) => line[i]!);
}
