// What the platform has measured of a model's versions, from the rows of `<model>-metrics`.
import {formatNumber, formatShare} from "./format.js";
import {badness, nominal} from "./measure-format.js";

export interface MetricRow {
  version: string;
  /** A path such as "performance.bias.average_test". */
  metric: string;
  value: number;
}

/** A metric that the pages show. */
export interface Shown {
  metric: string;
  label: string;
  /** How it is computed, in words. */
  formula: string;
  format: (value: number | undefined) => string;
  /** How far from the best possible value; the least is the best. */
  badness: (value: number) => number;
  /** What the value should be, where that is neither zero nor as little as can be. */
  nominal?: number;
}

const coverageBadness = badness("coverage");
const size = (value: number) => value;

export const shownMetrics: Shown[] = [
  {
    metric: "weighted_mean_absolute_percentage_error",
    label: "Weighted MAPE",
    formula: "The sum of |actual − forecast|, divided by the sum of |actual|",
    format: formatShare,
    badness: size
  },
  {
    metric: "mean_absolute_percentage_error",
    label: "MAPE",
    formula: "The mean of |actual − forecast| / |actual|",
    format: formatShare,
    badness: size
  },
  {
    metric: "mean_absolute_error",
    label: "MAE",
    formula: "The mean of |actual − forecast|, in the unit of the values",
    format: formatNumber,
    badness: size
  },
  {
    metric: "mean_squared_error",
    label: "MSE",
    formula: "The mean of (actual − forecast)²",
    format: formatNumber,
    badness: size
  },
  {
    metric: "bias",
    label: "Bias (forecast − actual)",
    formula: "The mean of forecast − actual: above zero, forecasts are too high",
    format: formatNumber,
    badness: Math.abs
  },
  {
    metric: "interval_coverage",
    label: "Interval coverage",
    formula: "The share of actual values within the forecast's 90% interval; the nearer to 90%, the better",
    format: formatShare,
    badness: coverageBadness,
    nominal
  }
];

/** One measure of every version: a Map from version to value. */
export function measureByVersion(metrics: MetricRow[], measure: string): Map<string, number> {
  const path = `performance.${measure}.average_test`;
  return new Map(metrics.filter((row) => row.metric === path).map((row) => [row.version, row.value]));
}

/** These measures of every version as rows of their names, which charts know. */
export const namedValues = (metrics: MetricRow[], measures: string[]) =>
  measures.flatMap((metric) =>
    [...measureByVersion(metrics, metric)].map(([version, value]) => ({metric, version, value}))
  );

/** One measure by months ahead. */
export function measureByHorizon(metrics: MetricRow[], measure: string) {
  const pattern = new RegExp(`^performance\\.${measure}\\.by_horizon\\.(\\d+)$`);
  return metrics.flatMap(({metric, version, value}) => {
    const [, horizon] = pattern.exec(metric) ?? [];
    return horizon ? [{version, horizon: Number(horizon), value}] : [];
  });
}

/** How much a feature matters to a version, by a method such as permutation. */
export interface Importance {
  version: string;
  method: string;
  feature: string;
  value: number;
}

/** The rows of metrics such as `feature_importance.permutation.price`: the method, and the feature, which may have dots. */
export const importances = (metrics: MetricRow[]): Importance[] =>
  metrics.flatMap(({metric, version, value}) => {
    const [, method, feature] = /^feature_importance\.([^.]+)\.(.+)$/.exec(metric) ?? [];
    return method && feature && value !== null ? [{version, method, feature, value}] : [];
  });
