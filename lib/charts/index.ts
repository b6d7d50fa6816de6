/**
 * Pictures of forecasts and their accuracy, as functions of (data, options) like Plot's. For pages.
 *
 * @module
 */
export {forecastChart, type ForecastChartOptions} from "./forecast.js";
export {forecastMark, type ForecastMarkOptions} from "./forecast-mark.js";
export {errorByHorizon, errorByHorizonMark, type ErrorByHorizonOptions} from "./error-by-horizon.js";
export {errorBySeries, errorBySeriesMark, type ErrorBySeriesOptions} from "./error-by-series.js";
export {errorByVersion, errorByVersionMark, type ErrorByVersionOptions} from "./error-by-version.js";
export {forecastOrigins, type ForecastOriginsOptions} from "./forecast-origins.js";
export {forecastRevisions, type ForecastRevisionsOptions} from "./forecast-revisions.js";
export {forecastOriginsMark, type ForecastOriginsMarkOptions} from "./origins-mark.js";
export type {OriginsColumnOptions} from "./origins-data.js";
export {flowGraph, type FlowGraphOptions} from "./flow-graph.js";
export {metricsByVersion, type MetricsByVersionOptions} from "./metrics-by-version.js";
export {assignColors, colorScale, palette} from "./palette.js";
export {runHistory, type RunHistoryOptions} from "./run-history.js";
export {smallMultiples, type SmallMultiplesOptions} from "./small-multiples.js";
export type {ErrorOptions, MeasureDescription, MeasureOptions} from "./errors.js";
export type {Format} from "./format.js";
export type {FrameOptions} from "./frame.js";
export type {ErrorByHorizonMarkOptions} from "./horizon-lines.js";
export type {ErrorBySeriesMarkOptions} from "./series-dots.js";
export type {Value} from "./values.js";
export type {Clip} from "./clip.js";
export type {Cutoff} from "./cutoff.js";
export type {ForecastColumnOptions} from "./forecast-data.js";
export type {IntervalColumns, QuantileColumns} from "./intervals.js";
export type {ErrorByVersionMarkOptions} from "./version-bars.js";
export {versionsChart, type VersionsChartOptions} from "./versions.js";
export type {VersionsColumnOptions} from "./versions-data.js";
export {versionsMark, type VersionsMarkOptions} from "./versions-mark.js";
export {biasOverTime, type BiasOverTimeOptions, type BiasView} from "./bias-over-time.js";
export {errorOverTime, type ErrorOverTimeOptions} from "./error-over-time.js";
export type {ForecastInput, MeasureInput} from "./forecast-input.js";
export type {Period} from "./periods.js";
export {valueAddedChart, type ValueAddedOptions} from "./value-added.js";
export {versionDifference, type VersionDifferenceOptions} from "./version-difference.js";
export {autocorrelationChart, type AutocorrelationChartOptions} from "./autocorrelation-chart.js";
export {calibrationChart, type CalibrationChartOptions} from "./calibration-chart.js";
export type {CalibrationReading} from "./calibration-points.js";
export {residualHistogram, type ResidualHistogramOptions} from "./residual-histogram.js";
export {residualPanel, type ResidualPanelOptions} from "./residual-panel.js";
export {residualsChart, type ResidualsChartOptions} from "./residuals-chart.js";
export type {ResidualOptions} from "./residual-values.js";
export {versionSlope, type VersionSlopeOptions} from "./version-slope.js";
