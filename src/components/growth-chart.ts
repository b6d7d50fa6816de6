// What each sector is expected to gain or lose, with the interval of the forecast.
import {html} from "npm:htl";
import * as Plot from "npm:@observablehq/plot";
import {distinctLabels, textWidth} from "npm:ikigai-kit/charts";
import {formatShareChange} from "./format.js";

/** Changes as shares: 0.02 is 2 % more. */
export interface Growth {
  sector: string;
  change: number;
  lower: number;
  upper: number;
}

/** A dot for each sector on the line of its interval, and the change at the right. */
export function growthChart(growth: Growth[], width: number): Element {
  if (!growth.length) return html`<p class="remark">No sector has a forecast yet.</p>`;
  const names = growth.map((row) => row.sector);
  const most = Math.min(210, width * 0.45) - 12;
  // Names that are longer than their room have two lines of it.
  const areWrapped = names.some((name) => textWidth(name) > most);
  const labels = distinctLabels(names, areWrapped ? 1.85 * most : most);
  const longest = Math.max(...Array.from(labels.values(), (label) => textWidth(label)));
  const marginLeft = Math.ceil(Math.min(longest, most)) + 12;
  const y = "sector";
  return Plot.plot({
    ariaLabel: "Expected change by sector",
    ariaDescription: `${growth.map((row) => `${row.sector}: ${formatShareChange(row.change)}`).join("; ")}.`,
    width,
    height: 40 + growth.length * 26,
    marginLeft,
    marginRight: 52,
    marginTop: 4,
    style: "overflow: visible; font: 12px var(--sans-serif)",
    x: {tickFormat: "%", label: null, grid: true, ticks: Math.max(3, width / 120)},
    y: {axis: null, domain: names},
    marks: [
      Plot.axisY({
        label: null,
        tickSize: 0,
        lineWidth: areWrapped ? most / 12 : Infinity,
        tickFormat: (sector: string) => labels.get(sector)!,
        title: (sector: string) => (labels.get(sector) === sector ? undefined : sector)
      }),
      Plot.ruleX([0], {strokeOpacity: 0.4}),
      Plot.ruleY(growth, {
        y,
        x1: "lower",
        x2: "upper",
        stroke: "var(--theme-foreground-focus)",
        strokeOpacity: 0.45,
        strokeWidth: 4
      }),
      Plot.dot(growth, {y, x: "change", fill: "var(--theme-foreground-focus)", r: 4.5, title: tip}),
      Plot.text(growth, {
        y,
        frameAnchor: "right",
        dx: 48,
        textAnchor: "end",
        text: (row: Growth) => formatShareChange(row.change)
      })
    ]
  });
}

const tip = ({sector, change, lower, upper}: Growth) =>
  `${sector}: ${formatShareChange(change)} (${formatShareChange(lower)} to ${formatShareChange(upper)})`;
