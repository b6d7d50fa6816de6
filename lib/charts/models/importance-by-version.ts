// How much each feature matters to a model's versions.
import * as Plot from "@observablehq/plot";
import {rows as rowsOf, type Data} from "../../metrics/column.js";
import type {Scales} from "../errors/errors.js";
import {drawDots, dotsOf, tipOfDots, type Dots} from "../errors/series-dots.js";
import {seriesFigure} from "../errors/series-figure.js";
import {findColumn, namesOf, needColumn} from "../find-columns.js";
import {drawable, emptyFrame, type FrameOptions} from "../frame.js";
import {isolated} from "../labels.js";
import {muted} from "../palette.js";
import {ifPresent, texts, type Value} from "../values.js";

/** Options of `importanceByVersionMark`: the names of the data's columns, and what is shown. */
export interface ImportanceByVersionMarkOptions {
  version?: Value | undefined;
  feature?: Value | undefined;
  /** How much the feature matters: any number, also below zero. */
  importance?: Value | undefined;
  /** Which method's values are shown, of a column "method"; the first if left out. */
  method?: string | undefined;
  /** The versions in color, before the others in grey. By default all if they are six or fewer, else the last five. */
  highlight?: Iterable<string> | undefined;
  /** How many features are drawn at most: those of the largest importance in any version. */
  limit?: number;
}

/** Options of `importanceByVersion`: those of `importanceByVersionMark`, and of the figure around it. */
export interface ImportanceByVersionOptions extends ImportanceByVersionMarkOptions, FrameOptions {}

/**
 * A chart of the importance of each feature, the largest in any version first, with a dot for each version. The data has a row for each
 * version and feature, and for each method if there are several.
 */
export function importanceByVersion(
  data: Data,
  {
    version,
    feature,
    importance,
    method,
    highlight,
    limit = 20,
    width = 640,
    height,
    ...options
  }: ImportanceByVersionOptions = {}
): HTMLElement {
  width = drawable(width);
  const empty = (text?: string) =>
    emptyFrame({name: "Importance by feature", width, height: height ?? 160, ...options}, text);
  if (!namesOf(data).length) return empty();
  const read = {version, feature, importance, method, highlight, limit};
  const {dots, label} = importancesOf(data, read, {color: options.color, onAxis: [0]});
  if (!dots.rows.length) return empty("No finite values of the importance");
  return seriesFigure(dots, {
    name: `${label} by feature`,
    ariaDescription: describe(dots),
    width,
    height,
    ...options,
    x: {zero: true, ...options.x},
    marks: [Plot.ruleX([0], {stroke: muted}), ...(options.marks ?? [])]
  });
}

/**
 * The marks of `importanceByVersion`, for a plot of your own: `Plot.plot({color: colorScale(versions), marginLeft: 120, marks:
 * [importanceByVersionMark(importances)]})`.
 */
export function importanceByVersionMark(
  data: Data,
  {limit = Infinity, ...options}: ImportanceByVersionMarkOptions = {}
): Plot.CompoundMark {
  if (!namesOf(data).length) return Plot.marks();
  const {dots} = importancesOf(data, {limit, ...options});
  return dots.rows.length ? Plot.marks(...drawDots(dots, undefined), tipOfDots(dots)) : Plot.marks();
}

const most = 6;

function importancesOf(
  data: Data,
  {version, feature, importance, method, highlight, limit = Infinity}: ImportanceByVersionMarkOptions,
  scales?: Scales
) {
  const methods = ifPresent(data, "method") ? texts(data, "method") : [];
  const chosen = method ?? methods[0];
  checkMethod(methods, method);
  const part = methods.length ? rowsOf(data).filter((_, i) => methods[i] === chosen) : data;
  const by = version ?? findColumn(data, "version");
  const versions = by === undefined ? [] : [...new Set(texts(part, by))];
  const label = chosen ? `Importance (${chosen})` : "Importance";
  const dots = dotsOf(
    part,
    {
      series: feature ?? needColumn(data, "feature"),
      version: by,
      value: importance ?? needColumn(data, "importance"),
      measure: {label, unit: "values", better: undefined},
      reference: 0, // from which the largest are farthest
      highlight: highlight ?? (versions.length > most ? versions.slice(1 - most) : undefined),
      limit
    },
    scales
  );
  return {dots, label};
}

function checkMethod(methods: string[], method: string | undefined): void {
  if (method !== undefined && methods.length && !methods.includes(method))
    throw new Error(
      `There is no importance by the method "${method}". There are: ${[...new Set(methods)].join(", ")}`
    );
}

/** The features that matter most, with the version to which they do. */
function describe({rows, order, more, format, several}: Dots): string {
  const said = order.slice(0, most).map((name) => {
    const largest = rows
      .filter(({group}) => group === name)
      .reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a));
    return `${isolated(name)}, ${format(largest.value)}${several ? ` in ${isolated(largest.version)}` : ""}`;
  });
  const rest = order.length - said.length + more;
  return `The largest importance in any version: ${said.join("; ")}${rest ? `; and ${rest.toLocaleString("en-US")} more` : ""}.`;
}
