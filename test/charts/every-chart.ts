// Every chart drawn from the same rows of forecasts, for a page that tries them with all kinds of data.
import * as charts from "../../lib/charts/index.js";
import type {HostileRow} from "./hostile.js";

interface Size {
  width: number;
}

const metricsOf = (rows: HostileRow[]) =>
  ["mean_absolute_error", "bias"].flatMap((metric, m) =>
    [...new Set(rows.map(({version}) => version))].map((version, i) => ({
      metric,
      version,
      value: typeof rows[0]!.actual === "number" ? (rows[0]!.actual / (i + 1)) * (m ? -1 : 1) : null
    }))
  );

/** Draws one version of one series of rows: the others would be other lines. */
const first = (rows: HostileRow[]) =>
  rows.filter(({version, series}) => version === rows[0]!.version && series === rows[0]!.series);

/** Draws several versions of one series. */
const firstSeries = (rows: HostileRow[]) => rows.filter(({series}) => series === rows[0]!.series);

const firstVersion = (rows: HostileRow[]) => rows.filter(({version}) => version === rows[0]!.version);

/** Each chart by its function's name, as a page would draw these rows with it. */
export const everyChart: Record<string, (rows: HostileRow[], size: Size) => Element> = {
  forecastChart: (rows, size) => charts.forecastChart(first(rows), {level: 0.9, unit: "mW", ...size}),
  "forecastChart of several series": (rows, size) =>
    charts.forecastChart(firstVersion(rows), {series: "series", ...size}),
  versionsChart: (rows, size) => charts.versionsChart(firstSeries(rows), {unit: "mW", ...size}),
  errorByVersion: (rows, size) => charts.errorByVersion(rows, size),
  "errorByVersion of bias": (rows, size) => charts.errorByVersion(rows, {measure: "bias", ...size}),
  errorByHorizon: (rows, size) => charts.errorByHorizon(rows, {unit: "months", ...size}),
  errorBySeries: (rows, size) => charts.errorBySeries(rows, {series: "series", ...size}),
  metricsByVersion: (rows, size) => charts.metricsByVersion(metricsOf(rows), size),
  smallMultiples: (rows, size) =>
    charts.smallMultiples(firstVersion(rows), charts.forecastChart, {by: "series", height: 180, ...size})
};
