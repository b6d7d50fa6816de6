// How the error grows with the horizon: a line for each version.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import {contentsOf} from "../contents.js";
import {endLabels} from "../end-labels.js";
import {axisOfErrors} from "./error-axis.js";
import {divideOptions, noValuesOf, type ErrorOptions} from "./errors.js";
import {drawable, emptyFrame, frame, room} from "../frame.js";
import {drawLines, linesOf, tipOfLines, type ErrorByHorizonMarkOptions, type Lines} from "./horizon-lines.js";
import {kindsOf, lineKey, othersKey, othersText, type KeyItem} from "../key.js";
import {distinctLabels} from "../labels.js";
import {ticksAt} from "../number-ticks.js";
import {muted} from "../palette.js";
import {targetText} from "./reference.js";
import {ifPresent, nameOf} from "../values.js";

/** Options of `errorByHorizon`: those of `errorByHorizonMark`, and of the figure around it. */
export interface ErrorByHorizonOptions extends ErrorByHorizonMarkOptions, ErrorOptions {}

/**
 * A chart of a measure by horizon, with a line for each version. The data has a row for each
 * forecast, from which it computes the measure; or, with `value`, a row for each version and horizon.
 */
export function errorByHorizon(
  data: Data,
  {
    horizon = "horizon",
    version = ifPresent(data, "version"),
    unit,
    measure = "wape",
    width = 640,
    height = Math.round(Math.min(360, Math.max(220, width * 0.45))),
    marks = [],
    ...options
  }: ErrorByHorizonOptions = {}
): HTMLElement {
  width = drawable(width);
  const {shown, figure} = divideOptions(options);
  const lines = linesOf(
    data,
    {...shown, horizon, version, unit, measure},
    {color: figure.color, onAxis: [0]}
  );
  const {described, rows, horizons, colors, format, several, tip} = lines;
  const name = `${described.label} by ${nameOf(horizon)}`;
  const known = rows.filter((row) => !isNaN(row.value)).map((row) => row.value);
  if (!known.length)
    return emptyFrame(
      {width, height, name, ...figure},
      rows.length ? noValuesOf(data, {...shown, measure}) : undefined
    );
  const direct = several && width >= 480;
  const ends = endsOf(lines, Math.round(width * 0.3));
  const marginLeft = room(known.map(format)) + 14;
  const ring = lines.overlapping.largestRing;
  const marginRight = direct ? room(ends.map(({label}) => label)) + 16 + ring : 16;
  return frame({
    name,
    ariaDescription: describe(lines, nameOf(horizon)),
    contents: () => contentsOf(lines.slices, tip),
    marginTop: 28,
    marginBottom: 36,
    marginLeft,
    marginRight,
    // Dots on the axes would cover its labels.
    insetLeft: 8,
    insetBottom: ring,
    key: keyOf(lines, direct, shown.reference),
    ...figure,
    color: colors.scale,
    width,
    height,
    x: {
      label: tip.label,
      labelArrow: "none",
      labelAnchor: "center",
      tickSize: 0,
      tickFormat: tip.position,
      ticks: ticksAt(horizons, width - marginLeft - marginRight, tip.position),
      ...(horizons.length === 1 && {domain: [horizons[0]! - 1, horizons[0]! + 1]}),
      ...figure.x
    },
    y: {
      ...axisOfErrors(known, described, Math.max(3, Math.round(height / 50))),
      ...figure.y
    },
    marks: [
      ...drawLines(lines, shown.reference, width),
      direct
        ? endLabels(
            ends,
            {...colors, of: (label) => colors.of(ends.find((end) => end.label === label)!.name)},
            ring
          )
        : null,
      tipOfLines(lines),
      ...marks
    ]
  });
}

/**
 * The marks of `errorByHorizon`, for a plot of your own: `Plot.plot({color: colorScale(versions), marks:
 * [errorByHorizonMark(forecasts), Plot.ruleY([0])]})`.
 */
export function errorByHorizonMark(
  data: Data,
  {
    horizon = "horizon",
    version = ifPresent(data, "version"),
    measure = "wape",
    ...options
  }: ErrorByHorizonMarkOptions = {}
): Plot.CompoundMark {
  const lines = linesOf(data, {horizon, version, measure, ...options});
  return lines.slices.length
    ? Plot.marks(...drawLines(lines, options.reference), tipOfLines(lines))
    : Plot.marks();
}

/** The last point of each line in color, with a label that fits this many pixels. */
function endsOf({main, mainRows}: Lines, width: number) {
  const labels = distinctLabels(main, width);
  return main.flatMap((name) => {
    const row = mainRows.findLast((row) => row.version === name && !isNaN(row.at));
    return row ? [{x: row.horizon, y: row.at, label: labels.get(name)!, name}] : [];
  });
}

function keyOf(
  {main, mainRows, others, otherRows, colors, several, tick}: Lines,
  direct: boolean,
  reference?: number
): KeyItem[] {
  const kindOf = kindsOf([...mainRows, ...otherRows], ({value}) => value);
  const valued = new Set(mainRows.filter(({value}) => !isNaN(value)).map(({version}) => version));
  return [
    ...(several ? lineKey(main, colors.of, {valued, direct, kindOf}) : []),
    ...othersKey(others, kindOf),
    ...(reference === undefined
      ? []
      : [{label: targetText(reference, tick), color: muted, kind: "dashed" as const}])
  ];
}

function describe({best, main, mainRows, others, format, tip}: Lines, horizon: string): string {
  const ends = main.flatMap((name) => {
    const row = mainRows.findLast((row) => row.version === name && !isNaN(row.value));
    return row
      ? [`${name && `${name}: `}${format(row.value)} at ${horizon} ${tip.position(row.horizon)}`]
      : [];
  });
  const rest = others.length ? `; and ${othersText(others.length)}` : "";
  return `${best === undefined ? "" : `The best on average is ${best}. `}${ends.join("; ")}${rest}.`;
}
