// The platform's metrics of each version: a small chart for each metric, since each has its own unit.
import type {Data} from "../../metrics/column.js";
import {errorByVersion} from "./error-by-version.js";
import {describeMetric} from "./metric-description.js";
import type {FrameOptions} from "../frame.js";
import {smallMultiples} from "../forecast/small-multiples.js";
import type {Value} from "../values.js";

/** Options of `metricsByVersion`: the names of the data's columns, and how the charts are arranged. */
export interface MetricsByVersionOptions extends FrameOptions {
  /** The version of each metric; "version" if left out. */
  version?: Value;
  /** The names of the metrics: those of ikigai-kit/metrics and of aiCast get their units and come with the best first. */
  metric?: Value;
  /** The metric's value; "value" if left out. */
  value?: Value;
  /** The level of the intervals, such as 0.9, if it is known: the interval coverage that is nearest to it comes first. */
  nominal?: number | undefined;
  /** The least width of a chart, which decides how many stand in a row. */
  minWidth?: number;
  /** How many versions each chart has at most, the best first; 12 if left out. */
  limit?: number;
  /** The versions in color; by default all of up to six, else the best five of each metric. */
  highlight?: Iterable<string> | undefined;
}

/** Charts of the versions' metrics. The data has a row for each version and metric. */
export function metricsByVersion(
  data: Data,
  {
    version = "version",
    metric = "metric",
    value = "value",
    nominal,
    limit = 12,
    highlight,
    ...options
  }: MetricsByVersionOptions = {}
): HTMLElement {
  const chart = (part: Data, {title = "", ...frame}: FrameOptions) => {
    const {reference, ...measure} = describeMetric(title, nominal);
    return errorByVersion(part, {...frame, version, value, limit, highlight, measure, reference});
  };
  return smallMultiples(data, chart, {by: metric, ...options});
}
