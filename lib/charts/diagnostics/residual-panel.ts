// Three charts that check whether residuals are like noise, as `checkresiduals` of R's forecast package.
import type {Data} from "../../metrics/column.js";
import {h} from "../../dom/index.js";
import {autocorrelationBars, type AutocorrelationChartOptions} from "./autocorrelation-chart.js";
import {drawable} from "../frame.js";
import {histogramOf, type ResidualHistogramOptions} from "./residual-histogram.js";
import {divideInput, residualColumns, residualsByTime} from "./residual-values.js";
import {residualLines} from "./residuals-chart.js";

/** Options of `residualPanel`: those of its charts. */
export type ResidualPanelOptions = AutocorrelationChartOptions & Pick<ResidualHistogramOptions, "normal">;

const gap = 16;

/** The residuals of one version over time, above their autocorrelation and their histogram: beside each other where there is room. */
export function residualPanel(
  data: Data,
  {
    width = 640,
    height,
    title,
    subtitle,
    caption: _,
    marks: __,
    x: ___,
    y: ____,
    ...rest
  }: ResidualPanelOptions = {}
): HTMLElement {
  width = drawable(width);
  const isWide = width >= 480;
  const each = isWide ? Math.floor((width - gap) / 2) : width;
  const size = {width: each, height};
  const named = (chart: string) => (title ? `${title}: ${chart}` : undefined);
  // Read once for all three.
  const {input, others: options} = divideInput(rest);
  const read = residualColumns(data, input);
  const byTime = read && residualsByTime(read);
  const charts = [
    residualLines(byTime, {...options, title, subtitle, width, height}),
    autocorrelationBars(byTime, {...options, ...size, ariaLabel: named("autocorrelation of residuals")}),
    histogramOf(read, {...options, ...size, ariaLabel: named("histogram of residuals")})
  ];
  // Without residuals, one chart says so for all.
  if (!byTime?.length) charts.length = 1;
  for (const chart of charts) chart.style.margin = "0";
  charts[0]!.style.gridColumn = "1 / -1";
  const columns = isWide ? `${each}px ${each}px` : `${width}px`;
  return h("div", {style: `display: grid; gap: ${gap}px; grid-template-columns: ${columns}`}, ...charts);
}
