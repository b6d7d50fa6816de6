// Series with their errors by two versions, and the lines between these.
import * as Plot from "@observablehq/plot";
import {byName} from "../../names/by-name.js";
import type {ErrorRow} from "../errors/errors.js";
import {locale, type Format} from "../format.js";
import type {KeyItem} from "../key.js";
import {isolated} from "../labels.js";
import {faded, muted, palette} from "../palette.js";

/** A series' errors by the two versions. */
export interface Slope {
  series: string;
  from: number;
  to: number;
  /** How much better the second version is, in the measure's unit; below zero it is worse. */
  gain: number;
}

/** The series that have values by both versions; those whose error changes most first. */
export function slopesOf(
  rows: readonly ErrorRow[],
  from: string,
  to: string,
  badness: (value: number) => number
): Slope[] {
  const valuesOf = (name: string) =>
    new Map(
      rows.flatMap(({version, group, value}) =>
        version === name && !isNaN(value) ? [[String(group), value] as const] : []
      )
    );
  const [a, b] = [valuesOf(from), valuesOf(to)];
  return [...a]
    .flatMap(([series, value]): Slope[] => {
      const other = b.get(series);
      return other === undefined
        ? []
        : [{series, from: value, to: other, gain: badness(value) - badness(other)}];
    })
    .sort((x, y) => Math.abs(y.gain) - Math.abs(x.gain) || byName(x.series, y.series));
}

/** The two colors: of series for which the second version is better, and of the others. */
const slopeColors = {better: palette[0]!, worse: palette[1]!, same: faded};

/** What the colors of the series mean that are there. */
export const slopeKey = (slopes: Slope[]): KeyItem[] => [
  ...(slopes.some(({gain}) => gain > 0)
    ? [{label: "better", color: slopeColors.better, kind: "line" as const}]
    : []),
  ...(slopes.some(({gain}) => gain < 0)
    ? [{label: "worse", color: slopeColors.worse, kind: "dashed" as const}]
    : []),
  ...(slopes.some(({gain}) => !gain)
    ? [{label: "the same", color: slopeColors.same, kind: "line" as const}]
    : [])
];

const colorOf = ({gain}: Slope) =>
  gain > 0 ? slopeColors.better : gain < 0 ? slopeColors.worse : slopeColors.same;

/** A line for each series, with a dot at both ends; those of series for which it is worse are dashed. */
export function drawSlopes(slopes: Slope[]): Plot.Markish[] {
  const line = {
    x1: () => 0,
    x2: () => 1,
    y1: "from",
    y2: "to",
    stroke: {value: colorOf, scale: null}
  } as const;
  const strokeWidth = slopes.length > 30 ? 1 : 1.5;
  return [
    Plot.ruleX([0, 1], {stroke: muted}),
    Plot.link(
      slopes.filter(({gain}) => gain >= 0),
      {...line, strokeWidth}
    ),
    Plot.link(
      slopes.filter(({gain}) => gain < 0),
      {...line, strokeWidth, strokeDasharray: "5,3"}
    ),
    ...(["from", "to"] as const).map((end, x) =>
      Plot.dot(slopes, {
        x: () => x,
        y: end,
        r: slopes.length > 30 ? 2 : 3.5,
        fill: {value: colorOf, scale: null}
      })
    )
  ];
}

/** How many series get better and worse, and which do most. */
export function describeSlopes(slopes: Slope[], from: string, to: string, format: Format<number>): string {
  const count = (some: Slope[]) => some.length.toLocaleString(locale);
  const [better, worse] = [slopes.filter(({gain}) => gain > 0), slopes.filter(({gain}) => gain < 0)];
  const most = (kind: string, slope: Slope | undefined) =>
    slope
      ? ` It gets ${kind} most for ${isolated(slope.series)}, from ${format(slope.from)} to ${format(slope.to)}.`
      : "";
  return (
    `${isolated(to)} is better than ${isolated(from)} for ${count(better)} of ${count(slopes)} series, worse for ${count(worse)}.` +
    most("better", better[0]) +
    most("worse", worse[0])
  );
}
