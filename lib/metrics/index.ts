/**
 * Accuracy measures, each once in TypeScript and once in SQL. For Node and for pages.
 *
 * @module
 */
export {bias, relativeBias} from "./bias.js";
export {coverage} from "./coverage.js";
export type {Data} from "./column.js";
export {mae} from "./mae.js";
export {mape} from "./mape.js";
export {mase, naiveError, naiveErrorSql, type History} from "./mase.js";
export type {Columns, Measure} from "./measure.js";
export {macros, measures, type MeasureName} from "./measures.js";
export {mse, rmse} from "./mse.js";
export {pairs} from "./pairs.js";
export {smape} from "./smape.js";
export {summarize, summarySql, type Summary, type SummaryRow} from "./summarize.js";
export {wape} from "./wape.js";
