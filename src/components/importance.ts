// How much each feature matters to a model's versions, where the model says so.
import {html} from "npm:htl";
import * as Plot from "npm:@observablehq/plot";
import {colorScale} from "npm:ikigai-kit/charts";
import type {Importance} from "./metrics.js";

const most = 20;

/** The features with the largest importance in any version, the largest first, with a dot for each version. */
export function importanceChart(rows: Importance[], width: number): Element {
  const largest = new Map<string, number>();
  for (const {feature, value} of rows)
    largest.set(feature, Math.max(largest.get(feature) ?? 0, Math.abs(value)));
  const features = [...largest].sort(([, a], [, b]) => b - a).map(([feature]) => feature);
  const shown = features.slice(0, most);
  const names = shown.map((name) => name.length);
  const svg = Plot.plot({
    ariaLabel: "Feature importance by version",
    width,
    height: 60 + 24 * shown.length,
    marginLeft: Math.min(width * 0.45, 20 + 6.5 * Math.max(...names)),
    style: "font: 12px var(--sans-serif); overflow: visible",
    color: {...colorScale(rows.map(({version}) => version)), legend: true},
    x: {grid: true, label: null, zero: true},
    y: {label: null, domain: shown},
    marks: [
      Plot.ruleX([0]),
      Plot.dot(
        rows.filter(({feature}) => shown.includes(feature)),
        {x: "value", y: "feature", fill: "version", r: 4.5, channels: {method: "method"}, tip: true}
      )
    ]
  });
  const rest = features.length - shown.length;
  return rest
    ? html`<div>
        ${svg}
        <p class="remark">and ${rest} more</p>
      </div>`
    : svg;
}
