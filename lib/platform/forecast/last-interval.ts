// The naive method: what was last seen stays. aiCast calls it Last_Interval.
import {method} from "./method.js";
import {normalInterval, residualDeviation} from "./normal.js";

/**
 * Every forecast is the last value; its error after h steps has the deviation sigma·sqrt(h), as of a random walk (fpp3,
 * sections 5.2 and 5.5).
 */
export const lastInterval = () =>
  method({
    name: "Last_Interval",
    least: 2,
    forecast(y, horizon, level) {
      const fitted = Float64Array.from(y, (_, t) => (t < 1 ? NaN : y[t - 1]!));
      const sigma = residualDeviation(y, fitted);
      const point = new Float64Array(horizon).fill(y.at(-1)!);
      const growing = point.map((_, h) => sigma * Math.sqrt(h + 1));
      return {...normalInterval(point, growing, level), fitted};
    }
  });
