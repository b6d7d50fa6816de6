// What a method would have forecast in the past, beside the actual values.
import type {Method} from "./method.js";

/** One forecast that time has judged. */
export interface Trial {
  /** How many values had been seen: the forecast was made after the series' first `origin` values. */
  origin: number;
  /** Steps from the last value seen to the one forecast, from 1. */
  horizon: number;
  actual: number;
  forecast: number;
  lower: number;
  upper: number;
}

/**
 * Forecasts `horizon` steps from each origin with what had been seen by then, and pairs each forecast with the actual value:
 * evaluation on a rolling forecasting origin (L. J. Tashman, Int. J. of Forecasting 16 (2000), 437–450; fpp3, section
 * 5.10). Origins near the end give fewer than `horizon` trials. Ordered by origin, then horizon.
 * @throws {UnfitSeriesError} where the method can't forecast what had been seen at an origin.
 */
export function backtest(
  y: Float64Array,
  method: Method,
  {origins, horizon, level}: {origins: number[]; horizon: number; level: number}
): Trial[] {
  return origins.flatMap((origin) => {
    if (!Number.isInteger(origin) || origin < 1 || origin >= y.length)
      throw new RangeError(
        `origin is ${origin}: give how many of the series' ${y.length} values were seen, with at least one left to judge by`
      );
    const {point, lower, upper} = method.forecast(y.subarray(0, origin), horizon, level);
    return Array.from({length: Math.min(horizon, y.length - origin)}, (_, h) => ({
      origin,
      horizon: h + 1,
      actual: y[origin + h]!,
      forecast: point[h]!,
      lower: lower[h]!,
      upper: upper[h]!
    }));
  });
}

/**
 * The last `count` origins, `step` apart and oldest first, that leave all of `horizon` values to judge by.
 * @throws {RangeError} where a series of `length` values hasn't as many.
 */
export function rollingOrigins(
  length: number,
  {count, step = 1, horizon}: {count: number; step?: number; horizon: number}
): number[] {
  const first = length - horizon - (count - 1) * step;
  if (first < 1)
    throw new RangeError(
      `${count} origins ${step} apart and a horizon of ${horizon} need more than ${length - first} values, and the series has ${length}: ask for fewer`
    );
  return Array.from({length: count}, (_, i) => first + i * step);
}
