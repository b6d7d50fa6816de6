// Parallel coordinates of a model's versions: the hyperparameters in which they differ, and their metrics.
import type {Data} from "../../metrics/column.js";
import {byName} from "../../names/by-name.js";
import {contentsOf} from "../contents.js";
import {highlightOf} from "../emphasis.js";
import {badnessOf} from "../errors/errors.js";
import {namesOf} from "../find-columns.js";
import {drawable, emptyFrame, frame, type FrameOptions} from "../frame.js";
import {colorKey, othersText} from "../key.js";
import {isolated} from "../labels.js";
import {moreNote} from "../more-note.js";
import {nameAxis} from "../name-axis.js";
import {faded} from "../palette.js";
import {seriesTip} from "../series-tip.js";
import type {Value} from "../values.js";
import {describeAxes} from "./hyperparameters-text.js";
import {differs, parallelAxes, withMissing, type ParallelAxis} from "./parallel-axes.js";
import {drawParallel, namesAbove, sidesOf} from "./parallel-marks.js";

/** Options of `hyperparametersChart`: the names of the columns, what is shown, and of the figure. */
export interface HyperparametersChartOptions extends FrameOptions {
  version?: Value | undefined;
  /** The column of the hyperparameters' names; without one, each column but the version's is a hyperparameter. */
  hyperparameter?: Value | undefined;
  /** The column of their values, and of the metrics'; "value" if left out. */
  value?: Value | undefined;
  /**
   * The versions' metrics: rows of version, metric and value, or a row for each version with a column for each
   * metric.
   */
  metrics?: Data | undefined;
  /** The column of the metrics' names. */
  metric?: Value | undefined;
  /** Whether hyperparameters that are the same in all versions are shown too. */
  all?: boolean;
  /** The versions in color, before the others in grey. By default all if they are six or fewer, else the five best by the first metric. */
  highlight?: Iterable<string> | undefined;
  /** How many axes are drawn at most: the metrics, and the first hyperparameters. */
  limit?: number;
}

const rowHeight = 44;

/** A chart as narrow as a phone has the names above its axes, which need the width. */
const narrow = 480;

/**
 * Parallel coordinates of versions: a row for each hyperparameter in which they differ, then for each metric, and a line down through the
 * rows for each version. Numbers stand by their size, by its logarithm where the largest is a thousand times the smallest; texts one
 * after another. The data has a row for each version and hyperparameter, or a row for each version.
 */
export function hyperparametersChart(
  data: Data,
  {
    version,
    hyperparameter,
    value,
    metrics = [],
    metric,
    all = false,
    highlight,
    limit = 20,
    width = 640,
    height,
    marks = [],
    ...options
  }: HyperparametersChartOptions = {}
): HTMLElement {
  width = drawable(width);
  const name = "Hyperparameters by version";
  const empty = (text?: string) => emptyFrame({name, width, height: height ?? 120, ...options}, text);
  if (!namesOf(data).length) return empty();
  const found = parallelAxes(data, "hyperparameter", {version, name: hyperparameter, value});
  const measured = namesOf(metrics).length
    ? parallelAxes(metrics, "metric", {version, name: metric, value})
    : [];
  const known = measured.filter(({stops}) => stops.length);
  const versions = [...new Set([...found, ...known].flatMap(({places}) => [...places.keys()]))];
  const differing = found.filter((axis) => differs(axis, versions.length));
  const chosen = all ? found.filter(({stops}) => stops.length) : differing;
  if (!chosen.length) return empty(sameText(found.length, versions));
  const {axes: limitedAxes, more} = limited(chosen, known, limit);
  const axes = limitedAxes.map((axis) => withMissing(axis, versions));
  const ranked = rankedBy(known, versions);
  const shown = highlightOf(ranked, highlight, options.color);
  const rows = [...axes.keys()];
  const isNarrow = width < narrow;
  const {axis, marginLeft} = isNarrow
    ? namesAbove(rows, (row) => axes[row]!.name, width)
    : nameAxis(rows, (row) => axes[row]!.name, {width, rowHeight, height});
  const inset = Math.min(sidesOf(axes), Math.max(40, Math.round((width - marginLeft) * 0.24)));
  const at = axes.map((axis, row) => ({at: row, values: axis.places}));
  const tip = {
    along: "y",
    names: shown.colors.names,
    colored: shown.main,
    label: "Hyperparameter",
    position: (row: number) => axes[row]!.name,
    format: (place: number, row: number) => axes[row]!.stops.find((stop) => stop.place === place)!.text
  } as const;
  return frame({
    name,
    ariaDescription: describeAxes({differing, found, known, best: ranked[0]}),
    contents: () => contentsOf(at, tip),
    marginTop: isNarrow ? 18 : 10,
    marginBottom: more ? 28 : 8,
    marginLeft,
    marginRight: 8,
    key: [
      ...colorKey({...shown.colors, names: shown.main}, "line"),
      ...(shown.others.length
        ? [{label: othersText(shown.others.length), color: faded, kind: "line" as const}]
        : [])
    ],
    ...options,
    color: shown.colors.scale,
    width,
    height: height ?? 18 + (isNarrow ? 58 : rowHeight) * axes.length + (more ? 20 : 0),
    x: {axis: null, domain: [0, 1], inset, ...options.x},
    y: {type: "point", axis: null, domain: rows, padding: 0.4, ...options.y},
    marks: [
      ...drawParallel(axes, shown, {size: width - marginLeft - 8 - 2 * inset, inset}),
      axis,
      more ? moreNote(more) : null,
      seriesTip(at, tip),
      ...marks
    ]
  });
}

/** The versions, the best by the first metric of which it is known what is better. */
function rankedBy(metrics: ParallelAxis[], versions: string[]): string[] {
  for (const {metric, numbers} of metrics) {
    const badness = metric && badnessOf(metric);
    if (!badness || !numbers) continue;
    const of = (version: string) => (numbers.has(version) ? badness(numbers.get(version)!) : Infinity);
    return versions.toSorted((a, b) => (of(a) === of(b) ? byName(a, b) : of(a) - of(b)));
  }
  return versions;
}

/** The axes that are drawn, and how many more there are: rather metrics, since these say which version is better. */
function limited(chosen: ParallelAxis[], metrics: ParallelAxis[], limit: number) {
  const every = [...chosen, ...metrics];
  // A note that one more is hidden takes as much room as that one.
  if (every.length <= limit + 1) return {axes: every, more: 0};
  const kept = metrics.slice(0, Math.max(0, limit - 1));
  const axes = [...chosen.slice(0, limit - kept.length), ...kept];
  return {axes, more: every.length - axes.length};
}

/** Why there is nothing to compare. */
function sameText(count: number, versions: string[]): string {
  const [only = ""] = versions;
  if (versions.length === 1) return `Only one version, ${isolated(only)}: it can't be compared`;
  return count === 1
    ? "The only hyperparameter is the same in all versions"
    : `All ${count} hyperparameters are the same in all versions`;
}
