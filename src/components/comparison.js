// Tables that set a model's versions side by side: what they measured, and what differs between them.
import {html} from "npm:htl";
import {formatShare} from "./format.js";

/** What the page shows of the platform's metrics: the name there, a label, and which value is the best. */
const shown = [
  {
    metric: "weighted_mean_absolute_percentage_error",
    label: "Weighted MAPE",
    format: formatShare,
    best: lowest
  },
  {metric: "mean_absolute_percentage_error", label: "MAPE", format: formatShare, best: lowest},
  {metric: "mean_absolute_error", label: "MAE", format: formatNumber, best: lowest},
  {metric: "mean_squared_error", label: "MSE", format: formatNumber, best: lowest},
  {metric: "bias", label: "Bias (forecast − actual)", format: formatNumber, best: nearestToZero},
  {metric: "interval_coverage", label: "Interval coverage", format: formatShare}
];

/** One measure of every version: a Map from version to value. `metrics` are the rows of `<model>-metrics`. */
export function measureByVersion(metrics, measure) {
  const path = `performance.${measure}.average_test`;
  return new Map(metrics.filter((row) => row.metric === path).map((row) => [row.version, row.value]));
}

/** The measures in rows, the versions in columns, the best value of each row marked. */
export function metricsTable(metrics) {
  const versions = [...new Set(metrics.map(({version}) => version))];
  const body = shown
    .map((row) => ({...row, values: measureByVersion(metrics, row.metric)}))
    .filter(({values}) => values.size > 0);
  if (!body.length) return html`<p class="remark">No version of this model has metrics yet.</p>`;
  return html`<div class="scroll" tabindex="0">
    <table class="comparison">
      <thead>
        <tr>
          <th scope="col">Measure</th>
          ${versions.map((version) => html`<th scope="col">${version}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body.map(({label, format, values, best}) => {
          const winner = best?.([...values.values()]);
          return html`<tr>
            <th scope="row">${label}</th>
            ${versions.map((version) => {
              const value = values.get(version);
              return html`<td class=${value !== undefined && value === winner ? "best" : ""}>
                ${format(value)}
              </td>`;
            })}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

/** Only the hyperparameters that aren't the same in all versions. `hyperparameters` are the rows of `<model>-hyperparameters`. */
export function hyperparametersTable(hyperparameters) {
  const versions = [...new Set(hyperparameters.map(({version}) => version))];
  const byName = new Map();
  for (const {hyperparameter, version, value} of hyperparameters) {
    if (!byName.has(hyperparameter)) byName.set(hyperparameter, new Map());
    byName.get(hyperparameter).set(version, value);
  }
  const differing = [...byName].filter(
    ([, values]) => new Set(versions.map((version) => values.get(version))).size > 1
  );
  const same = byName.size - differing.length;
  if (!differing.length)
    return html`<p class="remark">All ${same} hyperparameters are the same in every version.</p>`;
  return html`<div class="scroll" tabindex="0">
      <table class="comparison">
        <thead>
          <tr>
            <th scope="col">Hyperparameter</th>
            ${versions.map((version) => html`<th scope="col">${version}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${differing.map(
            ([name, values]) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${versions.map((version) => html`<td>${values.get(version) ?? "–"}</td>`)}
              </tr>`
          )}
        </tbody>
      </table>
    </div>
    <p class="remark">${same} more ${same === 1 ? "is" : "are"} the same in every version.</p>`;
}

function formatNumber(value) {
  if (value == null) return "–";
  const digits = Math.abs(value) < 100 ? 2 : 0;
  return value.toLocaleString("en-US", {minimumFractionDigits: digits, maximumFractionDigits: digits});
}

function lowest(values) {
  return Math.min(...values);
}

function nearestToZero(values) {
  return values.reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a));
}
