// The marks of calibration: lines and dots of the shares, and their binomial intervals.
import * as Plot from "@observablehq/plot";
import {halo, type Highlight} from "../emphasis.js";
import {thin} from "../forecast/thin.js";
import {coinciding, dashes, nearness, ringOf, type Place} from "../overlaps.js";
import {faded} from "../palette.js";
import {rowsBy} from "../rows-by.js";
import type {CalibrationPoint, CalibrationPoints} from "./calibration-points.js";
import {standingAlone} from "./line-gaps.js";

/** Which versions' points lie on each other. */
export const placesOf = (points: CalibrationPoint[], main: string[]): Map<string, Place> =>
  coinciding(
    main.map((name) => ({
      name,
      values: new Map(
        points.filter((point) => point.version === name).map(({at, share}) => [at, share] as const)
      )
    })),
    nearness([0, 1])
  );

/** The radius of a dot, and how far apart the bars of two versions and those of two positions are. */
const [radius, beside, apart] = [4, 2.5, 4];
/** The width that the bars of one position take at most. */
const mostBeside = 8;

/** The marks, in a plot that is this wide inside its margins. */
export function drawCalibration(
  {points, lines: all}: CalibrationPoints,
  {main, others, colors}: Highlight,
  places: Map<string, Place>,
  width: number
): Plot.Markish[] {
  const stroke = main.length + others.length > 1 ? "version" : colors.of(main[0]!);
  const at = {x: "at", y: "share"};
  const lines = rowsBy(all, ({version}) => version);
  const nameOf = ([point]: CalibrationPoint[]) => point!.version;
  const isMain = new Set(main);
  const grey = lines.filter((line) => !isMain.has(nameOf(line)));
  const shown = main.flatMap((name) => lines.filter((line) => nameOf(line) === name));
  const step = width / new Set(points.map((point) => point.at)).size;
  const distance = main.length > 1 ? Math.min(beside, mostBeside / (main.length - 1)) : 0;
  // Bars that are closer would make a block.
  const areBands = step < (main.length - 1) * distance + 2 + apart;
  const ring = ({version}: CalibrationPoint) => ringOf(places.get(version)!);
  return [
    Plot.lineY(
      grey.flatMap((line) => thinned(line, width)),
      {...at, z: "version", stroke: faded, strokeWidth: 1}
    ),
    Plot.dot(grey.flatMap(alone), {...at, fill: faded, r: 2.5}),
    grey.length
      ? Plot.lineY(
          shown.flatMap((line) => thinned(line, width)),
          {...at, z: "version", ...halo}
        )
      : null,
    ...(areBands
      ? shown.map((line) =>
          Plot.areaY(thinned(line, width), {
            x: "at",
            y1: "lower",
            y2: "upper",
            fill: stroke,
            fillOpacity: 0.2
          })
        )
      : []),
    ...shown.map((line) =>
      Plot.lineY(thinned(line, width), {
        ...at,
        stroke,
        strokeWidth: 2,
        ...dashes(places.get(nameOf(line))!)
      })
    ),
    ...(areBands
      ? []
      : shown.map((line, i) =>
          Plot.ruleX(line, {
            x: "at",
            y1: "lower",
            y2: "upper",
            stroke,
            strokeWidth: 1.5,
            // Beside each other, or those of the last version would cover the others.
            dx: (i - (shown.length - 1) / 2) * distance
          })
        )),
    Plot.dot(step < 2 * radius ? shown.flatMap(alone) : shown.flat(), {
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
