// The models and their best versions, for the page that lists them.
import {html} from "npm:htl";
import {nominalOf, type HyperparameterRow} from "./comparison.js";
import {dataTable} from "./data-table.js";
import {formatDay, formatRoundShare, formatShare} from "./format.js";
import {measureByVersion, shownMetrics, type MetricRow, type Shown} from "./metrics.js";
import {models} from "./models.js";

/** What is known of a model: the rows of its tables. */
export interface ModelTables {
  versions: {version: string; created_at: Date}[];
  metrics: MetricRow[];
  hyperparameters: HyperparameterRow[];
}

/** The first metric that the model has is the one by which its versions are ordered. */
export const mainMetric = (metrics: MetricRow[]): Shown | undefined =>
  shownMetrics.find(({metric}) => measureByVersion(metrics, metric).size > 0);

/** The version with the least of the main metric, and what it has of that. */
export function bestVersion(metrics: MetricRow[]) {
  const metric = mainMetric(metrics);
  if (!metric) return undefined;
  const [best] = [...measureByVersion(metrics, metric.metric)].sort(([, a], [, b]) => a - b);
  return best && {metric, version: best[0], value: best[1]};
}

/** A table of the models, by their names in ikigai.config.ts; each links to its page. */
export function modelsTable(tables: Record<string, ModelTables>): HTMLElement {
  const rows = Object.entries(tables).map(([key, {versions, metrics, hyperparameters}]) => {
    const best = bestVersion(metrics);
    const coverage = best && measureByVersion(metrics, "interval_coverage").get(best.version);
    const nominal = nominalOf(hyperparameters);
    return {
      model: key,
      app: models[key]!.app,
      versions: versions.length,
      newest: versions.at(-1)?.created_at ?? null,
      best: best?.version ?? null,
      error: best && `${best.metric.format(best.value)} ${best.metric.label}`,
      coverage:
        coverage === undefined
          ? null
          : formatShare(coverage) + (nominal === undefined ? "" : ` (nominal ${formatRoundShare(nominal)})`)
    };
  });
  return dataTable(rows, {
    label: "Models",
    columns: [
      {name: "model", label: "Model", format: (key) => linkTo(key as string)},
      {name: "app", label: "App"},
      {name: "versions", label: "Versions"},
      {name: "newest", label: "Newest", format: (time) => formatDay(time as Date)},
      {name: "best", label: "Best version"},
      {name: "error", label: "Its error", title: "On the test set, by the first of the model’s metrics"},
      {name: "coverage", label: "Interval coverage", title: "The share of actual values within the intervals"}
    ]
  });
}

const linkTo = (key: string) => html`<a href=${`./models/${key}`}>${models[key]!.name}</a>`;
