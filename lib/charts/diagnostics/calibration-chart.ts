// Whether intervals and quantiles hold as often as they say.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import {areBands, calibrationLines, drawCalibration} from "./calibration-marks.js";
import {calibrationPoints, type CalibrationPoint, type CalibrationReading} from "./calibration-points.js";
import {calibrationRows} from "./calibration-rows.js";
import {confidenceText, describeCalibration, rankedByMiss, shareLabel} from "./calibration-text.js";
import {highlightOf} from "../emphasis.js";
import {namesOf} from "../find-columns.js";
import {levelFormat, measureTick, percentFormat} from "../format.js";
import {capitalize, drawable, emptyFrame, frame, type FrameOptions} from "../frame.js";
import {colorKey, othersText} from "../key.js";
import {countFormat, ticksAt} from "../number-ticks.js";
import {faded, muted} from "../palette.js";
import {contentsOf} from "../contents.js";
import {seriesTip, slices} from "../series-tip.js";

const [marginLeft, marginRight] = [48, 24];

/** Options of `calibrationChart`: what is checked, and of the figure. */
export interface CalibrationChartOptions extends CalibrationReading, FrameOptions {
  /** The versions in color, before the others in grey. */
  highlight?: Iterable<string> | undefined;
}

/**
 * A chart of how often intervals or quantiles hold, against how often they should: on the diagonal they do. Of one level
 * it has a row for each version, beside a rule at that level. With `by: "horizon"`, how often the intervals of one level
 * hold at each horizon, beside such a rule. The bars are 95 % binomial intervals by Wilson. The data has a row for each
 * forecast; or is the result of `calibration` or `calibrationSql` of ikigai-kit/metrics.
 */
export function calibrationChart(
  data: Data,
  {
    actual,
    version,
    intervals,
    quantiles,
    lower,
    upper,
    level,
    by,
    highlight,
    width = 640,
    height: wanted,
    marks = [],
    ...options
  }: CalibrationChartOptions = {}
): HTMLElement {
  width = drawable(width);
  const name = by === undefined ? "Calibration" : `Coverage by ${by}`;
  const height =
    wanted ??
    Math.round(
      by === undefined ? Math.min(420, Math.max(200, width)) : Math.min(360, Math.max(200, width * 0.45))
    );
  const empty = (text?: string) =>
    emptyFrame({name, width, height: wanted ?? Math.min(height, 240), ...options}, text);
  if (!namesOf(data).length) return empty();
  const found = calibrationPoints(data, {
    actual,
    version,
    intervals,
    quantiles,
    lower,
    upper,
    level,
    by
  });
  const {points, nominal, confidence} = found;
  if (!points.length) return empty("No forecasts with an actual value and a finite interval");
  const versions = rankedByMiss(points);
  const highlighted = highlightOf(versions, highlight, options.color);
  const {main, others, colors} = highlighted;
  const xText = by === undefined ? levelFormat : countFormat(points.map(({at}) => at));
  const ariaDescription = describeCalibration(points, versions, xText, by);
  const [{nominal: onlyLevel}] = points as [CalibrationPoint];
  const isOneEach = points.length === versions.length && points.every(({nominal}) => nominal === onlyLevel);
  if (by === undefined && isOneEach)
    return calibrationRows(points, {
      name,
      ariaDescription,
      nominal: onlyLevel,
      confidence,
      versions,
      colors,
      marks,
      ...options,
      width,
      height: wanted
    });
  const several = versions.length > 1;
  const format = percentFormat([0.5]);
  const tip = {
    along: "x",
    names: several ? colors.names : [main[0] || "Share"],
    colored: several ? main : [],
    label: by === undefined ? "Nominal" : capitalize(by),
    position: xText,
    format
  } as const;
  const all = slices(
    points.map(({at, version, share}) => ({at, name: several ? version : tip.names[0]!, value: share}))
  );
  all.sort((a, b) => a.at - b.at);
  const xs = all.map(({at}) => at);
  const plotWidth = width - marginLeft - marginRight;
  // Dots at zero need room, or they would cover the labels below.
  const lines = calibrationLines(found, main, plotWidth);
  const ring = lines.overlapping.largestRing;
  const half =
    xs.length > 1 ? xs.slice(1).reduce((least, x, i) => Math.min(least, x - xs[i]!), Infinity) / 2 : 0.5;
  const lowest = points.reduce((least, {lower}) => Math.min(least, lower), nominal ?? 0);
  return frame({
    name,
    ariaDescription,
    contents: () => contentsOf(all, tip),
    marginTop: 28,
    marginBottom: 36,
    marginLeft,
    marginRight,
    insetBottom: ring,
    key: [
      ...(several ? colorKey({...colors, names: main}, "dot") : []),
      ...(others.length
        ? [
            {
              label: othersText(others.length),
              color: faded,
              kind: xs.length > 1 ? ("line" as const) : ("dot" as const)
            }
          ]
        : []),
      {
        label: nominal === undefined ? "Calibrated" : `Nominal ${levelFormat(nominal)}`,
        color: muted,
        kind: "dashed"
      },
      {
        label: confidenceText(confidence),
        color: muted,
        kind: areBands(points, main, plotWidth) ? "band" : "upright"
      }
    ],
    ...options,
    color: colors.scale,
    width,
    height,
    x: {
      label: tip.label + (by === undefined ? " share" : ""),
      labelArrow: "none",
      labelAnchor: "center",
      tickSize: 0,
      ...(by === undefined
        ? {domain: [0, 1], ticks: width < 300 ? 3 : 5, tickFormat: measureTick("share")}
        : {
            tickFormat: xText,
            ticks: ticksAt(xs, plotWidth, xText),
            domain: [xs[0]! - half, xs.at(-1)! + half]
          }),
      ...options.x
    },
    y: {
      label: shareLabel(points),
      labelArrow: "none",
      grid: true,
      tickSize: 0,
      ticks: 5,
      tickFormat: measureTick("share"),
      domain: by === undefined ? [0, 1] : [Math.max(0, Math.floor(10 * lowest) / 10), 1], // rounding makes an interval end below zero
      ...options.y
    },
    marks: [
      by === undefined
        ? Plot.link([0], {x1: 0, y1: 0, x2: 1, y2: 1, stroke: muted, strokeDasharray: "4,3"})
        : Plot.ruleY([nominal!], {stroke: muted, strokeDasharray: "4,3"}),
      ...drawCalibration(points, lines, highlighted, plotWidth),
      seriesTip(all, tip),
      ...marks
    ]
  });
}
