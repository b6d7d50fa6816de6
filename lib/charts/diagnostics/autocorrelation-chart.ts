// Whether residuals correlate with earlier ones.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import {autocorrelation, autocorrelationBound, ljungBox} from "../../metrics/index.js";
import {extent} from "../axes.js";
import {areAlike} from "../bins.js";
import {numberFormat, numberTick} from "../format.js";
import {drawable, emptyFrame, frame} from "../frame.js";
import {strokeOf} from "../forecast/forecast-mark.js";
import type {KeyItem} from "../key.js";
import {ljungBoxText} from "./ljung-box-text.js";
import {faded, muted} from "../palette.js";
import {
  checkOneVersion,
  noResiduals,
  readByTime,
  type ResidualOptions,
  type ResidualRow,
  type WithoutColumns
} from "./residual-values.js";
import {tipStyle} from "../series-tip.js";

/** Options of `autocorrelationChart`. */
export interface AutocorrelationChartOptions extends ResidualOptions {
  /** Up to which lag; ⌊10 log₁₀ n⌋ of n times if left out. */
  lags?: number | undefined;
  /** The lags of the Ljung–Box test; 10, or a fifth of the times if that is less. Twice the season is usual. */
  testLags?: number | undefined;
  /** How many parameters the model has fitted, for the test. */
  parameters?: number | undefined;
}

interface Bar {
  lag: number;
  value: number;
  isOutside: boolean;
}

/**
 * The autocorrelations of the residuals of one version, with the bounds within which 95 % of them are for noise, and the Ljung–Box
 * test as caption. Those beyond the bounds are in the version's color, the others grey. The data has a row for each forecast, of a
 * regular series; or is the result of `residuals` or `residualsSql`.
 */
export function autocorrelationChart(data: Data, options: AutocorrelationChartOptions = {}): HTMLElement {
  const {rows, others} = readByTime(data, options);
  return autocorrelationBars(rows, others);
}

/** The same chart of what was read. */
export function autocorrelationBars(
  rows: ResidualRow[] | undefined,
  {
    timeZone: __,
    unit: _,
    lags,
    testLags,
    parameters = 0,
    width = 640,
    height = Math.round(Math.min(320, Math.max(180, width * 0.4))),
    marks = [],
    ...options
  }: WithoutColumns<AutocorrelationChartOptions>
): HTMLElement {
  width = drawable(width);
  const name = "Autocorrelation of residuals";
  const empty = (text?: string) => emptyFrame({name, width, height, ...options}, text);
  if (!rows?.length) return empty(rows && noResiduals);
  checkOneVersion(
    rows.map((row) => row.version),
    "autocorrelationChart"
  );
  const values = rows.map(({residual}) => residual);
  const bound = autocorrelationBound(values);
  const bars = autocorrelation(values, lags).flatMap(({lag, value}): Bar[] =>
    value === null ? [] : [{lag, value, isOutside: Math.abs(value) > bound}]
  );
  if (values.length < 2) return empty("Too few residuals for an autocorrelation");
  if (!bars.length || areAlike(...extent(values)!))
    return empty("The residuals don't vary: no autocorrelation");
  const caption = ljungBoxText(ljungBox(values, {lags: testLags ?? usualTestLags(values), parameters}));
  const color = strokeOf(rows[0]!.version || undefined, options.color);
  const marginLeft = 44;
  return frame({
    name,
    ariaDescription: describe(bars, bound, caption),
    contents: () => ({
      columns: ["Lag", "Autocorrelation"],
      rows: bars.map(({lag, value}) => ({cells: [String(lag), format(value)], x: lag, y: value}))
    }),
    caption,
    marginTop: 28,
    marginBottom: 44,
    marginLeft,
    marginRight: 20,
    key: keyOf(bars, color),
    ...options,
    width,
    height,
    x: {
      label: "Lag",
      labelOffset: 34,
      labelArrow: "none",
      labelAnchor: "center",
      tickSize: 0,
      domain: [0.4, bars.length + 0.6],
      ticks: ticksOf(bars.length, width - marginLeft),
      tickFormat: String,
      ...options.x
    },
    y: {
      label: "Autocorrelation",
      labelArrow: "none",
      grid: true,
      nice: true,
      tickSize: 0,
      ticks: Math.max(3, Math.round(height / 50)),
      tickFormat: numberTick,
      ...options.y
    },
    marks: [
      Plot.ruleY([-bound, bound], {stroke: muted, strokeDasharray: "4,3"}),
      Plot.ruleX(bars, {
        x: "lag",
        y: "value",
        stroke: {value: ({isOutside}: Bar) => (isOutside ? color : faded), scale: null},
        strokeWidth: Math.max(2, Math.min(10, ((width - marginLeft) / bars.length) * 0.5))
      }),
      Plot.ruleY([0]),
      Plot.tip(
        bars,
        Plot.pointerX({
          x: "lag",
          y: "value",
          title: ({lag, value}: Bar) => `Lag ${lag}\n${format(value)}`,
          ...tipStyle
        })
      ),
      ...marks
    ]
  });
}

const keyOf = (bars: Bar[], color: string): KeyItem[] => [
  {label: "Bounds of 95% of noise", color: muted, kind: "dashed"},
  ...(bars.some(({isOutside}) => isOutside) ? [{label: "beyond them", color, kind: "square" as const}] : [])
];

const format = numberFormat([0.5]);

/** A fifth of the times, ten at most (fpp3, section 5.4). */
const usualTestLags = (values: number[]) => Math.max(1, Math.min(10, Math.floor(values.length / 5)));

/** All lags if their labels fit, else every so many. */
function ticksOf(count: number, width: number): number[] {
  const step =
    [1, 2, 3, 4, 6, 12].find((step) => (count / step) * 24 <= width) ?? Math.ceil((count * 30) / width);
  return Array.from({length: Math.floor(count / step)}, (_, i) => (i + 1) * step);
}

function describe(bars: Bar[], bound: number, test: string | undefined): string {
  const outside = bars.filter(({isOutside}) => isOutside);
  const said = outside.slice(0, 8).map(({lag, value}) => `${format(value)} at lag ${lag}`);
  const rest = outside.length > 8 ? `, and ${outside.length - 8} more` : "";
  return (
    `${outside.length} of ${bars.length} autocorrelations are beyond ±${format(bound)}` +
    `${said.length ? `: ${said.join(", ")}${rest}` : ""}.${test ? ` ${test}` : ""}`
  );
}
