// A regression of each value on those before it, of which the lasso keeps the few that matter.
import {autoregress} from "./autoregression.js";
import {largestLambda, lasso, type LinearFit} from "./coordinate-descent.js";
import {method, wholeNumber} from "./method.js";

/**
 * Regresses each value on the `lags` values before it by the lasso. Of 50 penalties, from the one that drops every lag
 * down to a 10,000th of it, the one of the least BIC is kept, with as many degrees of freedom as lags kept (H. Zou,
 * T. Hastie & R. Tibshirani, Annals of Statistics 35 (2007), 2173–2192). Forecast and interval are those of the
 * autoregression that it gives.
 */
export const lassoOnLags = ({lags = 12}: {lags?: number} = {}) =>
  method({
    name: "Lasso",
    least: 2 * wholeNumber("lags", lags) + 2,
    forecast(y, horizon, level) {
      const target = y.slice(lags);
      const columns = Array.from({length: lags}, (_, i) => y.slice(lags - 1 - i, y.length - 1 - i));
      const n = target.length;
      const largest = largestLambda(columns, target);
      const fits = lasso(
        columns,
        target,
        Array.from({length: 50}, (_, i) => largest * 10 ** ((-4 * i) / 49))
      );
      const kept = (weights: number[]) => weights.filter((weight) => weight !== 0).length;
      // A perfect fit has no finite BIC; below this share of the values' squares there is only rounding.
      const floor = 1e-24 * y.reduce((sum, value) => sum + value ** 2, 0);
      const bic = ({residualSquares, weights}: LinearFit) =>
        n * Math.log(Math.max(residualSquares, floor) / n) + Math.log(n) * kept(weights);
      const best = fits.reduce((a, b) => (bic(b) < bic(a) ? b : a));
      return autoregress(y, {...best, parameters: kept(best.weights) + 1}, horizon, level);
    }
  });
