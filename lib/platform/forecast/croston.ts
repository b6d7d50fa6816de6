// Croston's method, for demand that is zero most of the time.
import {method, UnfitSeriesError} from "./method.js";
import {normalInterval, residualDeviation} from "./normal.js";

/**
 * Smooths the sizes of the demands and the steps between them apart, both by `smoothing`, and forecasts their ratio:
 * the demand per step, the same for every step. J. D. Croston, "Forecasting and stock control for intermittent
 * demands", Operational Research Quarterly 23 (1972), 289–303; fpp3, section 13.2.
 *
 * No statistical model has these forecasts (L. Shenstone & R. J. Hyndman, J. of Forecasting 24 (2005), 389–402), so
 * no textbook gives an interval. Here it is the normal one of the method's own one-step errors, cut off at zero.
 * @throws {UnfitSeriesError} where a value is negative.
 */
export const croston = ({smoothing = 0.1}: {smoothing?: number} = {}) =>
  method({
    name: "Croston",
    least: 2,
    forecast(y, horizon, level) {
      const negative = y.findIndex((value) => value < 0);
      if (negative >= 0)
        throw new UnfitSeriesError(
          `value ${negative + 1} of the series is ${y[negative]}, and Croston's method is for demands, which aren't negative: use another method`
        );
      const fitted = new Float64Array(y.length).fill(NaN);
      let size = NaN;
      let interval = NaN;
      let steps = 0;
      y.forEach((demand, t) => {
        fitted[t] = size / interval;
        steps++;
        if (demand === 0) return;
        size = Number.isNaN(size) ? demand : size + smoothing * (demand - size);
        interval = Number.isNaN(interval) ? steps : interval + smoothing * (steps - interval);
        steps = 0;
      });
      const point = new Float64Array(horizon).fill(size / interval);
      const sigma = point.map(() => residualDeviation(y, fitted));
      const {lower, upper} = normalInterval(point, sigma, level);
      return {point, lower: lower.map((value) => Math.max(0, value)), upper, fitted};
    }
  });
