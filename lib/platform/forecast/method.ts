// What a forecasting method is: a name and a function from past values to a forecast with its interval.

export interface Method {
  /** As aiCast's `models_to_include` spells it, where it knows the method. */
  name: string;
  /** How many values the method needs at least. */
  least: number;
  /**
   * Forecasts the `horizon` values that follow `y`, in y's unit. `level` is the interval's nominal coverage, between 0
   * and 1. The same input gives the same output, bit for bit.
   * @throws {UnfitSeriesError} where y is too short, has gaps, or isn't what the method is for.
   */
  forecast: (y: Float64Array, horizon: number, level: number) => Forecast;
}

/** Three arrays of `horizon` values; lower <= point <= upper. */
export interface Forecast {
  point: Float64Array;
  lower: Float64Array;
  upper: Float64Array;
  /**
   * As long as y: what the fitted method says of each value from those before it; NaN while it has too few of them.
   * Left out by methods that don't tell.
   */
  fitted?: Float64Array;
}

/** A method can't forecast this series. A caller who tries several methods goes on with the next one. */
export class UnfitSeriesError extends Error {
  override name = "UnfitSeriesError";
}

interface Definition {
  name: string;
  least: number;
  /** Sees only series that are long enough, finite and not constant, and a valid horizon and level. */
  forecast: (y: Float64Array, horizon: number, level: number) => Forecast;
}

/** Puts before a method what all of them share: checks, and the series that never changes. */
export function method({name, least, forecast}: Definition): Method {
  return {
    name,
    least,
    forecast(y, horizon, level) {
      wholeNumber("horizon", horizon);
      if (!(level > 0 && level < 1))
        throw new RangeError(`level is ${level}: give the interval's coverage between 0 and 1, such as 0.9`);
      if (y.length < least)
        throw new UnfitSeriesError(
          `${name} needs at least ${least} values and the series has ${y.length}: give a longer series or another method`
        );
      const gap = y.findIndex((value) => !Number.isFinite(value));
      if (gap >= 0)
        throw new UnfitSeriesError(
          `value ${gap + 1} of the series is ${y[gap]}, and ${name} takes no gaps: fill or drop it first`
        );
      // Nothing was ever seen to vary, so every formula's sigma is 0; a search over parameters would only add noise.
      if (y.every((value) => value === y[0])) return unchanging(y, horizon);
      const result = forecast(y, horizon, level);
      if (![result.point, result.lower, result.upper].every((values) => values.every(Number.isFinite)))
        throw new UnfitSeriesError(
          `${name} found no finite forecast for this series: rescale its values or use another method`
        );
      return result;
    }
  };
}

/** Checks a count of steps that a caller gives, such as a season's length. */
export function wholeNumber(name: string, value: number, least = 1): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new RangeError(`${name} is ${value}: give a whole number of steps, ${least} or more`);
}

function unchanging(y: Float64Array, horizon: number): Forecast {
  const point = new Float64Array(horizon).fill(y[0]!);
  const fitted = Float64Array.from(y).fill(NaN, 0, 1);
  return {point, lower: point.slice(), upper: point.slice(), fitted};
}

/** Cuts a forecast off at zero, for values that can't be negative. */
export function nonnegative(method: Method): Method {
  const cut = (values: Float64Array) => values.map((value) => Math.max(0, value));
  return {
    ...method,
    forecast(y, horizon, level) {
      const {point, lower, upper, fitted} = method.forecast(y, horizon, level);
      return {
        point: cut(point),
        lower: cut(lower),
        upper: cut(upper),
        ...(fitted && {fitted: cut(fitted)})
      };
    }
  };
}
