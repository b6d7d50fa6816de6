// What forecasts left unexplained, over time.
import type {Data} from "../../metrics/column.js";
import {byName} from "../../names/by-name.js";
import {dateFormat} from "../date-format.js";
import {numberFormat, numberTick} from "../format.js";
import {drawable, emptyFrame} from "../frame.js";
import {isolated} from "../labels.js";
import {
  noResiduals,
  readByTime,
  type ResidualOptions,
  type ResidualRow,
  type WithoutColumns
} from "./residual-values.js";
import {timeLines} from "./time-lines.js";

/** Options of `residualsChart`. */
export interface ResidualsChartOptions extends ResidualOptions {
  /** The versions in color, before the others in grey. */
  highlight?: Iterable<string> | undefined;
}

/**
 * A chart of the residuals, actual − forecast, over time: of several forecasts of a version at one time their mean.
 * The data has a row for each forecast; or is the result of `residuals` or `residualsSql`.
 */
export function residualsChart(data: Data, options: ResidualsChartOptions = {}): HTMLElement {
  const {rows, others} = readByTime(data, options);
  return residualLines(rows, others);
}

/** The same chart of what was read. */
export function residualLines(
  rows: ResidualRow[] | undefined,
  {timeZone, highlight, unit, width = 640, ...options}: WithoutColumns<ResidualsChartOptions>
): HTMLElement {
  const name = "Residuals over time";
  if (!rows?.length)
    return emptyFrame({name, width: drawable(width), height: 240, ...options}, rows && noResiduals);
  const format = numberFormat(rows.map(({residual}) => residual));
  const label = `${rows.some(({isMean}) => isMean) ? "Mean residual" : "Residual"}${unit ? ` (${unit})` : ""}`;
  const versions = [...new Set(rows.map((row) => row.version))].sort(byName);
  const readTime = dateFormat(
    rows.map((row) => row.time),
    timeZone
  );
  const said = versions.slice(0, 6).map((name) => {
    const mine = rows.filter((row) => row.version === name);
    const mean = mine.reduce((sum, {residual}) => sum + residual, 0) / mine.length;
    const largest = mine.reduce((a, b) => (Math.abs(b.residual) > Math.abs(a.residual) ? b : a));
    return `${name && `${isolated(name)}: `}on average ${format(mean)}, the largest ${format(largest.residual)} in ${readTime(largest.time)}`;
  });
  return timeLines(
    rows.map(({version, time, residual}) => ({version, time, value: residual})),
    {
      name,
      ariaDescription: `${said.join("; ")}${versions.length > 6 ? `; and ${versions.length - 6} others` : ""}.`,
      ...options,
      label,
      format,
      tick: numberTick,
      ranked: versions,
      highlight,
      rules: {solid: [0]},
      shape: versions.length > 1 ? "dots" : "lines",
      timeZone,
      width
    }
  );
}
