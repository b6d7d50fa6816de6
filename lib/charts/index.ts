/**
 * Charts of forecasts and of their accuracy: functions of (data, options), like Plot's. For pages.
 *
 * Stability: stable.
 *
 * @module
 */
export {forecastChart, type ForecastChartOptions} from "./forecast/forecast.js";
export {forecastMark, type ForecastMarkOptions} from "./forecast/forecast-mark.js";
export {errorByHorizon, errorByHorizonMark, type ErrorByHorizonOptions} from "./errors/error-by-horizon.js";
export {errorBySeries, errorBySeriesMark, type ErrorBySeriesOptions} from "./errors/error-by-series.js";
export {errorByVersion, errorByVersionMark, type ErrorByVersionOptions} from "./errors/error-by-version.js";
export {forecastOrigins, type ForecastOriginsOptions} from "./forecast/forecast-origins.js";
export {forecastRevisions, type ForecastRevisionsOptions} from "./forecast/forecast-revisions.js";
export {forecastOriginsMark, type ForecastOriginsMarkOptions} from "./forecast/origins-mark.js";
export type {OriginsColumnOptions} from "./forecast/origins-data.js";
export {flowGraph, type FlowGraphOptions} from "./flows/flow-graph.js";
export {metricsByVersion, type MetricsByVersionOptions} from "./errors/metrics-by-version.js";
export {assignColors, colorScale, palette} from "./palette.js";
export {runHistory, type RunHistoryOptions} from "./flows/run-history.js";
export {smallMultiples, type SmallMultiplesOptions} from "./forecast/small-multiples.js";
export type {ErrorOptions, MeasureDescription, MeasureOptions} from "./errors/errors.js";
export type {Format} from "./format.js";
export type {FrameOptions} from "./frame.js";
export type {ErrorByHorizonMarkOptions} from "./errors/horizon-lines.js";
export type {ErrorBySeriesMarkOptions} from "./errors/series-dots.js";
export type {Value} from "./values.js";
export type {Clip} from "./clip.js";
export type {Cutoff} from "./forecast/cutoff.js";
export type {ForecastColumnOptions} from "./forecast/forecast-data.js";
export type {IntervalColumns, QuantileColumns} from "./forecast/intervals.js";
export type {ErrorByVersionMarkOptions} from "./errors/version-bars.js";
export {versionsChart, type VersionsChartOptions} from "./forecast/versions.js";
export type {VersionsColumnOptions} from "./forecast/versions-data.js";
export {versionsMark, type VersionsMarkOptions} from "./forecast/versions-mark.js";
export {biasOverTime, type BiasOverTimeOptions, type BiasView} from "./diagnostics/bias-over-time.js";
export {errorOverTime, type ErrorOverTimeOptions} from "./errors/error-over-time.js";
export type {ForecastInput, MeasureInput} from "./diagnostics/forecast-input.js";
export type {Period} from "./diagnostics/periods.js";
export {valueAddedChart, type ValueAddedOptions} from "./diagnostics/value-added.js";
export {versionDifference, type VersionDifferenceOptions} from "./diagnostics/version-difference.js";
export {autocorrelationChart, type AutocorrelationChartOptions} from "./diagnostics/autocorrelation-chart.js";
export {calibrationChart, type CalibrationChartOptions} from "./diagnostics/calibration-chart.js";
export type {CalibrationReading} from "./diagnostics/calibration-points.js";
export {residualHistogram, type ResidualHistogramOptions} from "./diagnostics/residual-histogram.js";
export {residualPanel, type ResidualPanelOptions} from "./diagnostics/residual-panel.js";
export {residualsChart, type ResidualsChartOptions} from "./diagnostics/residuals-chart.js";
export type {ResidualOptions} from "./diagnostics/residual-values.js";
export {versionSlope, type VersionSlopeOptions} from "./diagnostics/version-slope.js";
export {hyperparametersChart, type HyperparametersChartOptions} from "./models/hyperparameters-chart.js";
export {
  importanceByVersion,
  importanceByVersionMark,
  type ImportanceByVersionMarkOptions,
  type ImportanceByVersionOptions
} from "./models/importance-by-version.js";
export {columnProfile, type ColumnProfileOptions} from "./data/column-profile.js";
export {hierarchyChart, type HierarchyChartOptions} from "./data/hierarchy-chart.js";
export {distinctLabels, textWidth} from "./labels.js";
