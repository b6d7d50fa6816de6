// A measure of each version by the month in which its forecasts were made.
import {html} from "npm:htl";
import * as Plot from "npm:@observablehq/plot";
import {colorScale} from "npm:ikigai-kit/charts";
import {measures, type MeasureName} from "npm:ikigai-kit/metrics";
import {formatMonth} from "./format.js";
import {measureFormat, nominal} from "./measure-format.js";

export type OriginError = {version: string; origin: Date} & Partial<Record<MeasureName, number>>;

/** A line for each version, in the colors of the other charts. */
export function errorOverTime(rows: OriginError[], measure: MeasureName, width: number): Element {
  if (!rows.length) return html`<p class="remark">No forecast can be compared with an actual value yet.</p>`;
  const {label, unit} = measures[measure];
  const format = measureFormat(measure);
  const versions = [...new Set(rows.map(({version}) => version))].sort();
  const channels = {x: "origin", y: measure, stroke: "version"} as const;
  const last = Math.max(...rows.map(({origin}) => +origin));
  const ends = rows.filter(({origin}) => +origin === last);
  const figure = Plot.plot({
    width,
    height: 280,
    marginLeft: 52,
    marginRight: 20,
    marginBottom: 36,
    style: "font: 12px var(--sans-serif); overflow: visible",
    color: {...colorScale(versions), legend: true},
    x: {type: "utc", label: null},
    y: {
      label: null,
      grid: true,
      zero: measure !== "coverage",
      tickFormat: unit === "share" ? "%" : undefined
    },
    marks: [
      Plot.ruleY([measure === "coverage" ? nominal : 0], {strokeOpacity: 0.4}),
      Plot.lineY(rows, {...channels, marker: "dot"}),
      Plot.tip(rows, Plot.pointer({...channels, title: (row: OriginError) => tip(row, format(row[measure]))}))
    ]
  });
  const svg = figure.querySelector(":scope > svg")!;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${label} by forecast origin`);
  const said = ends.map((row) => `${row.version}: ${format(row[measure])} at ${formatMonth(last)}`);
  svg.setAttribute("aria-description", `${said.join("; ")}.`);
  return figure;
}

const tip = ({version, origin}: OriginError, value: string) => `${version}, ${formatMonth(origin)}\n${value}`;
