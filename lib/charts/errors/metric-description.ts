// What is known of a model's metric by its name.
import {measures, type MeasureName} from "../../metrics/index.js";
import type {MeasureDescription} from "./errors.js";

/** aiCast's names of the measures. */
const aiCast: Record<string, MeasureName> = {
  mean_absolute_percentage_error: "mape",
  symmetric_mean_absolute_percentage_error: "smape",
  weighted_mean_absolute_percentage_error: "wape",
  mean_absolute_error: "mae",
  mean_squared_error: "mse",
  root_mean_squared_error: "rmse",
  mean_absolute_scaled_error: "mase",
  interval_coverage: "coverage"
};

/**
 * The metric of that name or path, such as "mape" or "performance.mean_absolute_error.average_test". `nominal` is the level of the
 * intervals, if it is known: what a coverage should be.
 */
export function describeMetric(
  metric: string,
  nominal?: number
): MeasureDescription & {reference?: number | undefined} {
  const names = metric.split(".");
  const known = names.flatMap((name) => (name in measures ? (name as MeasureName) : (aiCast[name] ?? [])));
  if (!known[0]) return {label: metric, unit: "values", better: undefined};
  const {label, unit, better} = measures[known[0]];
  const reference = known[0] === "coverage" ? nominal : undefined;
  return {label: names.length === 1 ? label : metric, unit, better, reference};
}
