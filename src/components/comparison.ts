// Tables that set a model's versions side by side: what they measured, and what differs between them.
import {html} from "npm:htl";
import {formatRoundShare} from "./format.js";
import {measureByVersion, shownMetrics, type MetricRow, type Shown} from "./metrics.js";

export interface HyperparameterRow {
  version: string;
  hyperparameter: string;
  value: string;
}

/** The level that a model's intervals were made for, by its hyperparameter `confidence`; undefined where versions differ in it. */
export function nominalOf(hyperparameters: HyperparameterRow[]): number | undefined {
  const levels = new Set(
    hyperparameters.filter((row) => row.hyperparameter === "confidence").map(({value}) => Number(value))
  );
  return levels.size === 1 ? [...levels][0] : undefined;
}

/**
 * The metrics in rows, the versions in columns, the best value of each row marked.
 * @param options.versions those to compare; by default all
 * @param options.baseline the version that the others' differences are told from
 * @param options.nominal the level of the intervals, which stands beside their coverage
 */
export function metricsTable(
  metrics: MetricRow[],
  {
    versions = versionsOf(metrics),
    baseline,
    nominal
  }: {versions?: string[]; baseline?: string | undefined; nominal?: number | undefined} = {}
): HTMLElement {
  const rows = shownMetrics
    .map((shown) => ({shown, values: measureByVersion(metrics, shown.metric)}))
    .filter(({values}) => values.size > 0);
  if (!rows.length) return html`<p class="remark">No version of this model has metrics yet.</p>`;
  return table(
    "Metric",
    versions,
    rows.map(({shown, values}) => metricRow(withNominal(shown, nominal), values, versions, baseline))
  );
}

/** A coverage is the better the nearer it is to the level. */
const withNominal = (shown: Shown, nominal: number | undefined): Shown =>
  shown.metric === "interval_coverage" && nominal !== undefined
    ? {...shown, nominal, badness: (value) => Math.abs(value - nominal)}
    : shown;

function metricRow(shown: Shown, values: Map<string, number>, versions: string[], baseline?: string) {
  const {label, formula, format, badness, nominal} = shown;
  const of = versions.flatMap((version) => values.get(version) ?? []);
  const least = Math.min(...of.map(badness));
  const from = baseline === undefined ? undefined : values.get(baseline);
  return html`<tr>
    <th scope="row">
      <abbr title=${formula}>${label}</abbr>${
        nominal === undefined ? null : html` <small>nominal ${formatRoundShare(nominal)}</small>`
      }
    </th>
    ${versions.map((version) => {
      const value = values.get(version);
      const isBest = value !== undefined && badness(value) === least && of.length > 1;
      const delta =
        value === undefined || from === undefined || version === baseline
          ? null
          : html`<small>${difference(value - from, format)}</small>`;
      return html`<td class=${isBest ? "best" : ""}>${format(value)}${delta}</td>`;
    })}
  </tr>`;
}

/** "+0.04%", "−1.2", "±0". */
const difference = (value: number, format: Shown["format"]) =>
  value === 0 ? "±0" : `${value > 0 ? "+" : "−"}${format(Math.abs(value))}`;

/**
 * The hyperparameters that aren't the same in these versions, or all. `hyperparameters` are the rows of `<model>-hyperparameters`.
 */
export function hyperparametersTable(
  hyperparameters: HyperparameterRow[],
  {versions = versionsOf(hyperparameters), all = false}: {versions?: string[]; all?: boolean} = {}
): HTMLElement {
  const byName = new Map<string, Map<string, string>>();
  for (const {hyperparameter, version, value} of hyperparameters) {
    if (!versions.includes(version)) continue;
    const values = byName.get(hyperparameter) ?? new Map<string, string>();
    byName.set(hyperparameter, values.set(version, value));
  }
  const differs = (values: Map<string, string>) =>
    new Set(versions.map((version) => values.get(version))).size > 1;
  const shown = [...byName].filter(([, values]) => all || differs(values));
  const rest = byName.size - shown.length;
  if (!shown.length)
    return html`<p class="remark">All ${rest} hyperparameters are the same in these versions.</p>`;
  const rows = shown.map(
    ([name, values]) =>
      html`<tr>
        <th scope="row">${name}</th>
        ${versions.map((version) => html`<td>${values.get(version) ?? "–"}</td>`)}
      </tr>`
  );
  return html`<div>
    ${table("Hyperparameter", versions, rows)}
    <p class="remark">
      ${rest ? `${rest} more ${rest === 1 ? "is" : "are"} the same in these versions.` : ""}
    </p>
  </div>`;
}

const table = (what: string, versions: string[], rows: HTMLElement[]) =>
  html`<div class="scroll" tabindex="0" role="region" aria-label=${`${what}s by version`}>
    <table class="comparison">
      <thead>
        <tr>
          <th scope="col">${what}</th>
          ${versions.map((version) => html`<th scope="col">${version}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;

export const versionsOf = (rows: {version: string}[]) => [...new Set(rows.map(({version}) => version))];
