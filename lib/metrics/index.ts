/**
 * Accuracy measures, each once in TypeScript and once in SQL. For Node and for pages.
 *
 * @module
 */
export {bias, relativeBias} from "./bias.js";
export {coverage} from "./coverage.js";
export type {Data} from "./column.js";
export {intervalScore, intervalWidth} from "./interval.js";
export {mae} from "./mae.js";
export {mape} from "./mape.js";
export type {Columns, Measure, RatioMeasure} from "./measure.js";
export {macros, measures, type MeasureName, type RatioName} from "./measures.js";
export {mse, rmse} from "./mse.js";
export {naiveError, naiveErrorSql, type History} from "./naive-error.js";
export {pairs} from "./pairs.js";
export {pinball} from "./pinball.js";
export {crps, weightedIntervalScore, type Quantiles} from "./quantile-scores.js";
export {mase, rmsse} from "./scaled.js";
export {relativeMae, skill, valueAdded} from "./skill.js";
export {smape} from "./smape.js";
export {summarize, summarySql, type Summary, type SummaryRow} from "./summarize.js";
export {wape} from "./wape.js";
