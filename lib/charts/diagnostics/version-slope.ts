// The error of each series by one version and by another, joined by a line.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import {
  description,
  badnessOf,
  errorFormats,
  errorRows,
  noValues,
  type ErrorOptions
} from "../errors/errors.js";
import {namesOf, needColumn} from "../find-columns.js";
import {divideOptions, readMeasured} from "./forecast-input.js";
import {capitalize, drawable, emptyFrame, frame, inSentence, room, valueAxis} from "../frame.js";
import {distinctLabels, isolated} from "../labels.js";
import {moreNote} from "../more-note.js";
import {tipStyle} from "../series-tip.js";
import {nameGap, slopeNames} from "./slope-names.js";
import {describeSlopes, drawSlopes, slopeKey, slopesOf, type Slope} from "./slopes.js";
import {nameOf, texts, type Value} from "../values.js";

/** Options of `versionSlope`: the names of the data's columns, the two versions, and of the figure. */
export interface VersionSlopeOptions extends Omit<ErrorOptions, "clip" | "reference" | "highlight"> {
  /** The version at the left. */
  from: string;
  /** The version at the right, which may be better. */
  to: string;
  version?: Value | undefined;
  /** The column that each line stands for, such as the sector. */
  series?: Value | undefined;
  /** How many series are drawn at most: those whose error changes most. */
  limit?: number;
  /** How many of these are named at most, where there is room: those that get worse most, then those that get better most. */
  named?: number;
}

/**
 * A chart of the error of each series by the version `from`, and by the version `to`: the line goes down where `to` is better, if lower
 * is. The data has a row for each forecast, from which it computes the measure; or, with `value`, a row for each version and series.
 */
export function versionSlope(
  data: Data,
  {
    from,
    to,
    series,
    measure = "wape",
    value,
    limit = 100,
    named = 10,
    width = 640,
    height = 360,
    marks = [],
    ...rest
  }: VersionSlopeOptions
): HTMLElement {
  width = drawable(width);
  const {input, others: options} = divideOptions(rest);
  const described = description(measure);
  const name = `${described.label} by ${isolated(from)} and by ${isolated(to)}`;
  const empty = (text?: string) => emptyFrame({name, width, height: 160, ...options}, text);
  if (!namesOf(data).length) return empty();
  const by = series ?? needColumn(data, "series");
  const groups = {version: texts(data, input.version ?? needColumn(data, "version")), group: texts(data, by)};
  checkVersions(groups.version, [from, to]);
  const measured =
    value !== undefined || typeof measure === "object"
      ? errorRows(data, groups, {measure, value})
      : errorRows(readMeasured(data, input, measure), groups, {measure});
  const slopes = slopesOf(measured, from, to, badnessOf(described) ?? ((error) => error));
  const hasValue = (version: string) =>
    measured.some((row) => row.version === version && Number.isFinite(row.value));
  if (!slopes.length)
    return empty(
      hasValue(from) && hasValue(to)
        ? `No ${inSentence(capitalize(nameOf(by)))} has a value by both ${isolated(from)} and ${isolated(to)}`
        : noValues(described)
    );
  const shown = slopes.length > limit + 1 ? slopes.slice(0, limit) : slopes;
  const more = slopes.length - shown.length;
  const {format, tick} = errorFormats(described, measured);
  const told = [...shown.filter(({gain}) => gain < 0), ...shown.filter(({gain}) => gain >= 0)];
  const labels = distinctLabels(
    told.map((slope) => slope.series),
    Math.round(width * 0.3)
  );
  const heads = distinctLabels([from, to], Math.round(width * 0.3));
  const values = shown.flatMap((slope) => [slope.from, slope.to]);
  const cells = (slope: Slope) => [slope.series, format(slope.from), format(slope.to)];
  const columns = [capitalize(nameOf(by)), from, to];
  return frame({
    name,
    ariaDescription: describeSlopes(slopes, from, to, format),
    contents: () => ({columns, rows: shown.map((slope) => ({cells: cells(slope), x: 1, y: slope.to}))}),
    marginTop: 44,
    marginBottom: more ? 32 : 12,
    marginLeft: Math.max(room(values.map(format)) + 16, Math.ceil(room([heads.get(from)!]) / 2)),
    marginRight: Math.max(room(labels.values()) + nameGap + 12, Math.ceil(room([heads.get(to)!]) / 2)),
    key: slopeKey(shown),
    ...options,
    width,
    height,
    x: {
      axis: "top",
      domain: [0, 1],
      ticks: [0, 1],
      tickSize: 0,
      tickPadding: 10, // the names stand above the value at the axis's top
      tickFormat: (place: number) => heads.get(place ? to : from)!,
      label: null,
      ...options.x
    },
    y: {
      label: described.label,
      labelArrow: "none",
      ...valueAxis(height),
      zero: true,
      // Zeros alone have no scale: any tick but theirs would be made up.
      ...(values.every((error) => error === 0) && {domain: [0, 1], ticks: [0]}),
      tickFormat: tick,
      ...options.y
    },
    marks: [
      ...drawSlopes(shown),
      ...slopeNames(told, labels, named),
      more ? moreNote(more) : null,
      Plot.tip(
        shown,
        Plot.pointer({
          x: () => 1,
          y: "to",
          title: (slope: Slope) =>
            cells(slope)
              .map((cell, i) => (i ? `${isolated(columns[i]!)}: ${cell}` : isolated(cell)))
              .join("\n"),
          ...tipStyle
        })
      ),
      ...marks
    ]
  });
}

function checkVersions(versions: string[], wanted: string[]): void {
  const there = new Set(versions);
  const missing = wanted.find((name) => !there.has(name));
  if (missing !== undefined)
    throw new Error(
      `There is no version "${missing}". There are: ${[...there].slice(0, 8).join(", ")}. Name two: {from: …, to: …}`
    );
}
