// The simple moving average, aiCast's Sma.
import {autoregress} from "./autoregression.js";
import {method, wholeNumber} from "./method.js";

/**
 * Every forecast is the mean of the `window` values before it, forecasts standing in for values not seen yet. That is
 * an autoregression with equal weights 1/window, from which its interval follows: I. Svetunkov & F. Petropoulos, "Old dog, new
 * tricks: a modelling view of simple moving averages", Int. J. of Production Research 56 (2018), 6034–6047. With a
 * window of 1 it is the naive method, interval included.
 */
export const movingAverage = ({window = 3}: {window?: number} = {}) =>
  method({
    name: "Sma",
    least: wholeNumber("window", window) + 1,
    forecast: (y, horizon, level) =>
      autoregress(
        y,
        {intercept: 0, weights: new Array<number>(window).fill(1 / window), parameters: 0},
        horizon,
        level
      )
  });
