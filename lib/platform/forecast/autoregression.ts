// What an autoregression says of the future: the next value as a weighted sum of the last ones.
import type {Forecast} from "./method.js";
import {accumulate, normalInterval, residualDeviation} from "./normal.js";

export interface Autoregression {
  intercept: number;
  /** The weight of the value 1, 2, … steps back. */
  weights: number[];
  /** How many of them were estimated from the data; they cost degrees of freedom. */
  parameters: number;
}

/**
 * Forecasts by putting each forecast in the place of the value that isn't there yet; the interval follows from
 * what a shock still weighs in later values.
 */
export function autoregress(
  y: Float64Array,
  {intercept, weights, parameters}: Autoregression,
  horizon: number,
  level: number
): Forecast {
  const lags = weights.length;
  const next = (values: Float64Array, t: number) =>
    weights.reduce((sum, weight, i) => sum + weight * values[t - 1 - i]!, intercept);
  const fitted = Float64Array.from(y, (_, t) => (t < lags ? NaN : next(y, t)));
  const sigma = residualDeviation(y, fitted, parameters);

  const path = new Float64Array(y.length + horizon);
  path.set(y);
  for (let t = y.length; t < path.length; t++) path[t] = next(path, t);

  const psi = new Float64Array(horizon);
  for (let j = 0; j < horizon; j++) {
    psi[j] = j === 0 ? 1 : weights.reduce((sum, w, i) => (i < j ? sum + w * psi[j - 1 - i]! : sum), 0);
  }
  return {...normalInterval(path.slice(y.length), accumulate(sigma, psi), level), fitted};
}
