// Every chart drawn from the same rows of forecasts, for a page that tries them with all kinds of data.
import * as Plot from "@observablehq/plot";
import * as charts from "../../lib/charts/index.js";
import type {Run} from "../../lib/gateway-api/index.js";
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

/** A set of hyperparameters for each version, of the first rows' values, names and all. */
const hyperparametersOf = (rows: HostileRow[]) =>
  [...new Set(rows.map(({version}) => version))].map((version, i) => ({
    version,
    alpha: rows[i]!.actual,
    kind: rows[(7 * i) % rows.length]!.series,
    seed: 42,
    [version]: i
  }));

/** An importance of each series, as if it were a feature, for each version. */
const importancesOf = (rows: HostileRow[]) => {
  const versions = [...new Set(rows.map(({version}) => version))];
  const features = [...new Set(rows.map(({series}) => series))];
  return features.flatMap((feature, i) =>
    versions.map((version, j) => ({version, feature, importance: rows[(i + j) % rows.length]!.actual}))
  );
};

/** A value of each series and of each version, which is a part of the first series. */
const hierarchyOf = (rows: HostileRow[]) => {
  const series = new Set(rows.map(({series}) => series));
  const parts = new Set(rows.map(({version}) => version).filter((version) => !series.has(version)));
  const [first] = series;
  return [
    ...[...series].map((name, i) => ({series: name, parent: null, actual: rows[i]!.actual})),
    ...[...parts].map((name, i) => ({series: name, parent: first, actual: rows[i]!.forecast}))
  ];
};

/** Draws one version of one series of rows: the others would be other lines. */
const first = (rows: HostileRow[]) =>
  rows.filter(({version, series}) => version === rows[0]!.version && series === rows[0]!.series);

/** Draws several versions of one series. */
const firstSeries = (rows: HostileRow[]) => rows.filter(({series}) => series === rows[0]!.series);

const firstVersion = (rows: HostileRow[]) => rows.filter(({version}) => version === rows[0]!.version);

/** The same with an origin for each version. */
function byOrigin(rows: HostileRow[]) {
  const versions = [...new Set(rows.map(({version}) => version))];
  return firstSeries(rows).map(({version, ...row}) => ({
    ...row,
    origin: new Date(Date.UTC(2022, versions.indexOf(version), 1))
  }));
}

/** The same with a second interval, of half the width. */
const withIntervals = (rows: HostileRow[]) =>
  first(rows).map(({lower, upper, ...row}) => {
    const half = (end: unknown) =>
      typeof end === "number" && typeof row.forecast === "number" ? (end + row.forecast) / 2 : end;
    return {...row, lo95: lower, hi95: upper, lo80: half(lower), hi80: half(upper)};
  });

const statuses = ["done", "failed", "running", "stopped", "lost", "queued"] as const;

/** A run for each version, which is in its variables. */
const runsOf = (rows: HostileRow[]): Run[] =>
  [...new Set(rows.map(({version}) => version))].map((version, i) => {
    const at = (minutes: number) => new Date(Date.UTC(2024, 0, 1 + i, 10, minutes)).toISOString();
    return {
      id: `${i}`,
      flow: "reforecast",
      status: statuses[i % statuses.length]!,
      progress: null,
      variables: {model: version},
      user: version,
      createdAt: at(0),
      startedAt: at(1),
      endedAt: i % 3 === 2 ? null : at(2 + i),
      message: "",
      facet: null,
      data: null
    };
  });

const withMark = (mark: Plot.Markish, rows: HostileRow[], size: Size) =>
  Plot.plot({
    color: charts.colorScale([...new Set(rows.map(({version}) => version))].slice(0, 6)),
    ariaLabel: "A plot of one's own",
    ariaDescription: "A mark.",
    marginLeft: Math.min(80, size.width / 5),
    marginRight: Math.min(180, size.width / 3),
    marks: [mark],
    style: {overflow: "visible"},
    ...size
  });

/** Each chart by its function's name, as a page would draw these rows with it. */
export const everyChart: Record<string, (rows: HostileRow[], size: Size) => Element> = {
  forecastChart: (rows, size) => charts.forecastChart(first(rows), {level: 0.9, unit: "mW", ...size}),
  "forecastChart of several series": (rows, size) =>
    charts.forecastChart(firstVersion(rows), {series: "series", ...size}),
  "forecastChart of several intervals": (rows, size) => charts.forecastChart(withIntervals(rows), size),
  "forecastChart with clip": (rows, size) => charts.forecastChart(first(rows), {clip: true, ...size}),
  versionsChart: (rows, size) => charts.versionsChart(firstSeries(rows), {unit: "mW", ...size}),
  forecastOrigins: (rows, size) => charts.forecastOrigins(byOrigin(rows), {unit: "mW", ...size}),
  forecastRevisions: (rows, size) => charts.forecastRevisions(byOrigin(rows), {unit: "mW", ...size}),
  errorByVersion: (rows, size) => charts.errorByVersion(rows, size),
  "errorByVersion of bias": (rows, size) => charts.errorByVersion(rows, {measure: "bias", ...size}),
  errorByHorizon: (rows, size) => charts.errorByHorizon(rows, {unit: "months", ...size}),
  errorBySeries: (rows, size) => charts.errorBySeries(rows, {series: "series", ...size}),
  metricsByVersion: (rows, size) => charts.metricsByVersion(metricsOf(rows), size),
  smallMultiples: (rows, size) =>
    charts.smallMultiples(firstVersion(rows), charts.forecastChart, {by: "series", height: 180, ...size}),
  runHistory: (rows, size) =>
    charts.runHistory(runsOf(rows), {timeZone: "UTC", now: new Date(Date.UTC(2024, 6, 1)), ...size}),
  forecastMark: (rows, size) => withMark(charts.forecastMark(first(rows)), rows, size),
  versionsMark: (rows, size) => withMark(charts.versionsMark(firstSeries(rows)), rows, size),
  forecastOriginsMark: (rows, size) => withMark(charts.forecastOriginsMark(byOrigin(rows)), rows, size),
  errorByVersionMark: (rows, size) => withMark(charts.errorByVersionMark(rows), rows, size),
  errorByHorizonMark: (rows, size) => withMark(charts.errorByHorizonMark(rows), rows, size),
  errorBySeriesMark: (rows, size) =>
    withMark(charts.errorBySeriesMark(rows, {series: "series", limit: 40}), rows, size),
  versionDifference: (rows, size) => charts.versionDifference(rows, {against: rows[0]?.version, ...size}),
  valueAddedChart: (rows, size) =>
    charts.valueAddedChart(rows, {by: "series", baseline: ({actual}) => Number(actual) * 1.07, ...size}),
  biasOverTime: (rows, size) => charts.biasOverTime(rows, size),
  "biasOverTime as signal": (rows, size) => charts.biasOverTime(rows, {show: "signal", ...size}),
  errorOverTime: (rows, size) => charts.errorOverTime(rows, {every: "quarter", ...size}),
  calibrationChart: (rows, size) => charts.calibrationChart(rows, {level: 0.9, ...size}),
  "calibrationChart by horizon": (rows, size) =>
    charts.calibrationChart(rows, {level: 0.9, by: "horizon", ...size}),
  residualsChart: (rows, size) => charts.residualsChart(rows, size),
  residualPanel: (rows, size) => charts.residualPanel(firstVersion(rows), {normal: true, ...size}),
  versionSlope: (rows, size) => {
    const [from = "", to] = new Set(rows.map(({version}) => version));
    if (to !== undefined) return charts.versionSlope(rows, {from, to, ...size});
    const naive = rows.map((row) => ({
      ...row,
      version: "naive",
      forecast: row.forecast === null ? null : row.actual
    }));
    return charts.versionSlope([...rows, ...naive], {from, to: "naive", ...size});
  },
  hyperparametersChart: (rows, size) =>
    charts.hyperparametersChart(hyperparametersOf(rows), {metrics: metricsOf(rows), ...size}),
  importanceByVersion: (rows, size) => charts.importanceByVersion(importancesOf(rows), size),
  importanceByVersionMark: (rows, size) =>
    withMark(charts.importanceByVersionMark(importancesOf(rows), {limit: 40}), rows, size),
  hierarchyChart: (rows, size) => charts.hierarchyChart(hierarchyOf(rows), {unit: "mW", ...size}),
  columnProfile: (rows, size) => charts.columnProfile(rows, {column: "actual", ...size}),
  "columnProfile of times": (rows, size) => charts.columnProfile(rows, {column: "time", ...size}),
  "columnProfile of names": (rows, size) => charts.columnProfile(rows, {column: "version", ...size})
};
