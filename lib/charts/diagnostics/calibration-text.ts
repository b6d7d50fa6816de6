// Calibration in words, and which version is calibrated best.
import {byName} from "../../names/by-name.js";
import type {CalibrationPoint} from "./calibration-points.js";
import {levelFormat, locale, percentFormat} from "../format.js";
import {isolated} from "../labels.js";

/** The versions, those that are nearest to their nominal shares first. */
export function rankedByMiss(points: CalibrationPoint[]): string[] {
  const misses = new Map<string, {sum: number; count: number}>();
  for (const {version, share, nominal} of points) {
    const miss = misses.get(version) ?? {sum: 0, count: 0};
    misses.set(version, miss);
    miss.sum += Math.abs(share - nominal);
    ++miss.count;
  }
  return [...misses]
    .sort(([x, a], [y, b]) => a.sum / a.count - b.sum / b.count || byName(x, y))
    .map(([name]) => name);
}

const shareLabels = {
  interval: "Actual values in the interval",
  quantile: "Actual values at or below the quantile"
};

/** The label of the axis of shares. */
export function shareLabel(points: CalibrationPoint[]): string {
  const [of, other] = new Set(points.map(({of}) => of));
  return (other === undefined && of !== undefined && shareLabels[of]) || "Share of actual values";
}

/** What the bars at the shares, or the bands around them, are called. */
export const confidenceText = (confidence: number | undefined): string =>
  confidence === undefined ? "Confidence interval" : `${levelFormat(confidence)} confidence interval`;

/** How often each interval or quantile held, and whether that is as it should be. */
export function describeCalibration(
  points: CalibrationPoint[],
  versions: string[],
  at: (value: number) => string,
  by: string | undefined
): string {
  const format = percentFormat([0.5]);
  const said = versions.slice(0, 6).map((name) => {
    const each = points
      .filter(({version}) => version === name)
      .slice(0, 12)
      .map((point) => {
        const where = by === undefined ? `${at(point.nominal)} hold` : `at ${by} ${at(point.at)}, they hold`;
        const sure = point.lower > point.nominal || point.upper < point.nominal ? "" : ", as they should";
        return `${where} ${format(point.share)} of ${point.pairs.toLocaleString(locale)}${sure}`;
      });
    return `${name && `${isolated(name)}: `}${each.join("; ")}`;
  });
  return `${said.join(". ")}${versions.length > 6 ? `. And ${versions.length - 6} others` : ""}.`;
}
