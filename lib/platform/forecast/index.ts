// Forecasting methods, their evaluation on the past, and the measures of it.
export {backtest, rollingOrigins, type Trial} from "./backtest.js";
export {croston} from "./croston.js";
export {ets} from "./ets.js";
export {holtWinters} from "./holt-winters.js";
export {lassoOnLags} from "./lasso-on-lags.js";
export {lastInterval} from "./last-interval.js";
export * from "./measures.js";
export {type Method, nonnegative, UnfitSeriesError} from "./method.js";
export {movingAverage} from "./moving-average.js";
export {mstl} from "./mstl.js";
export {seasonalNaive} from "./seasonal-naive.js";
