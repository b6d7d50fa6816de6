// Whether intervals and quantiles hold as often as they say.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import {calibrationPoints, type CalibrationPoint, type CalibrationReading} from "./calibration-points.js";
import {describeCalibration, rankedByMiss} from "./calibration-text.js";
import {highlightOf} from "../emphasis.js";
import {namesOf} from "../find-columns.js";
import {levelFormat, measureTick, percentFormat} from "../format.js";
import {capitalize, drawable, emptyFrame, frame, room, type FrameOptions} from "../frame.js";
import {colorKey} from "../key.js";
import {faded, muted} from "../palette.js";
import {coinciding, nearness, ringOf} from "../overlaps.js";
import {contentsOf} from "../contents.js";
import {seriesTip, slices} from "../series-tip.js";

/** Options of `calibrationChart`: what is checked, and of the figure. */
export interface CalibrationChartOptions extends CalibrationReading, FrameOptions {
  /** The versions in color, before the others in grey. */
  highlight?: Iterable<string> | undefined;
}

/**
 * A chart of how often intervals or quantiles hold, against how often they should: on the diagonal they do. With `by:
 * "horizon"`, how often the intervals of one level hold at each horizon, beside a rule at that level. The bars are 95
 * % binomial intervals by Wilson. The data has a row for each forecast; or is the result of `calibration` or
 * `calibrationSql` of ikigai-kit/metrics.
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
    height = Math.round(
      by === undefined ? Math.min(420, Math.max(200, width)) : Math.min(360, Math.max(200, width * 0.45))
    ),
    marks = [],
    ...options
  }: CalibrationChartOptions = {}
): HTMLElement {
  width = drawable(width);
  const name = by === undefined ? "Calibration" : `Coverage by ${by}`;
  const empty = (text?: string) => emptyFrame({name, width, height, ...options}, text);
  if (!namesOf(data).length) return empty();
  const {points, nominal} = calibrationPoints(data, {
    actual,
    version,
    intervals,
    quantiles,
    lower,
    upper,
    level,
    by
  });
  if (!points.length) return empty("No forecasts with an actual value and an interval");
  const versions = rankedByMiss(points);
  const {main, others, colors} = highlightOf(versions, highlight, options.color);
  const isMain = new Set(main);
  const several = versions.length > 1;
  const format = percentFormat([0.5]);
  const xText = by === undefined ? levelFormat : String;
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
  const shown = points.filter((point) => isMain.has(point.version));
  const places = coinciding(
    main.map((name) => ({
      name,
      values: new Map(shown.filter((point) => point.version === name).map(({at, share}) => [at, share]))
    })),
    nearness([0, 1])
  );
  const ring = ({version}: CalibrationPoint) => 4 + ringOf(places.get(version)!);
  const below = ({version}: CalibrationPoint) => -ringOf(places.get(version)!);
  const stroke = several ? "version" : colors.of(main[0]!);
  const xs = all.map(({at}) => at);
  return frame({
    name,
    ariaDescription: describeCalibration(points, versions, xText, by),
    contents: () => contentsOf(all, tip),
    marginTop: 28,
    marginBottom: 36,
    marginLeft: 48,
    marginRight: 24,
    key: [
      ...(several ? colorKey({...colors, names: main}, "dot") : []),
      ...(others.length ? [{label: `${others.length} others`, color: faded, kind: "line" as const}] : []),
      {
        label: nominal === undefined ? "Calibrated" : `Nominal ${levelFormat(nominal)}`,
        color: muted,
        kind: "dashed"
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
            tickFormat: String,
            ticks: xs.filter(
              (_, i) => i % Math.ceil((xs.length * room([String(xs.at(-1))]) + 14) / (width - 72)) === 0
            ),
            domain: [xs[0]! - 0.5, xs.at(-1)! + 0.5]
          }),
      ...options.x
    },
    y: {
      label: "Share of actual values",
      labelArrow: "none",
      grid: true,
      tickSize: 0,
      ticks: 5,
      tickFormat: measureTick("share"),
      domain:
        by === undefined
          ? [0, 1]
          : [Math.floor(10 * points.reduce((least, {lower}) => Math.min(least, lower), nominal!)) / 10, 1],
      ...options.y
    },
    marks: [
      by === undefined
        ? Plot.link([0], {x1: 0, y1: 0, x2: 1, y2: 1, stroke: muted, strokeDasharray: "4,3"})
        : Plot.ruleY([nominal!], {stroke: muted, strokeDasharray: "4,3"}),
      Plot.lineY(
        points.filter((point) => !isMain.has(point.version)),
        {x: "at", y: "share", z: "version", stroke: faded}
      ),
      Plot.lineY(shown, {x: "at", y: "share", z: "version", stroke, strokeWidth: 1.5}),
      Plot.ruleX(shown, {x: "at", y1: "lower", y2: "upper", stroke, strokeWidth: 2, strokeOpacity: 0.6}),
      Plot.dot(shown, {x: "at", y: "share", fill: stroke, r: {value: ring, scale: null}, sort: below}),
      seriesTip(all, tip),
      ...marks
    ]
  });
}
