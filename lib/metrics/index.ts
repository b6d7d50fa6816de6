/**
 * Accuracy measures in TypeScript and in SQL, and what builds on them: intervals, comparisons of versions,
 * calibration, bias over time, residuals, baselines, hierarchies. For Node and for pages.
 *
 * Stability: stable.
 *
 * @module
 */
export {baseline, baselineSql, type BaselineOptions} from "./baseline.js";
export {bias, relativeBias} from "./bias.js";
export {
  calibration,
  calibrationSql,
  type CalibrationOptions,
  type CalibrationRow,
  type Interval
} from "./calibration.js";
export {compare, comparePaired, type Comparison} from "./compare.js";
export {compareLosses, compareLossesPaired, type LossComparison, type LossPairing} from "./compare-losses.js";
export {coverage} from "./coverage.js";
export type {Data} from "./column.js";
export {dieboldMariano, type DieboldMarianoOptions, type DieboldMarianoResult} from "./diebold-mariano.js";
export {growthInterval, sumInterval, type ForecastInterval} from "./growth.js";
export {leafRows, leafSql, sumUp, sumUpSql, type Hierarchy, type SumUp} from "./hierarchy.js";
export {histogram, histogramSql, type Bin} from "./histogram.js";
export {holm} from "./holm.js";
export {intervalScore, intervalWidth} from "./interval.js";
export {mae} from "./mae.js";
export {mape} from "./mape.js";
export {measureIntervals, measureIntervalsOf, type MeasureInterval} from "./measure-interval.js";
export type {Columns, Measure, RatioMeasure} from "./measure-types.js";
export {macros, measures, type MeasureName, type RatioName} from "./measures.js";
export {mse, rmse} from "./mse.js";
export {naiveError, naiveErrorSql, type History} from "./naive-error.js";
export {pairedSums, type PairedSums, type Pairing} from "./paired-sums.js";
export {pairedSumsSql} from "./paired-sums-sql.js";
export {pairs} from "./pairs.js";
export {pinball} from "./pinball.js";
export {
  profileQuantiles,
  profileSql,
  profileStatements,
  type ColumnProfile,
  type DescribedColumn,
  type ProfileOptions
} from "./profile.js";
export {crps, weightedIntervalScore, type Quantiles} from "./quantile-scores.js";
export type {Resampling} from "./resample.js";
export {
  autocorrelation,
  autocorrelationBound,
  autocorrelationSql,
  ljungBox,
  residuals,
  residualsSql,
  type Lag,
  type LjungBox,
  type Residual
} from "./residuals.js";
export {mase, rmsse} from "./scaled.js";
export {relativeMae, skill, valueAdded} from "./skill.js";
export {smape} from "./smape.js";
export {summarize, summarySql, type Summary, type SummaryRow} from "./summarize.js";
export {timeSums, timeSumsSql, type Timed, type TimeSums} from "./time-sums.js";
export {tracking, trackingLimit, trackingSql, type Tracking} from "./tracking.js";
export {wape} from "./wape.js";
