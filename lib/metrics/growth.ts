// How sure an expected change is, and the interval of a sum.

/** A forecast with its interval. */
export interface ForecastInterval {
  forecast: number;
  lower: number;
  upper: number;
}

/**
 * The expected change from a known value to a forecast, as a share (0.05 is 5 % more), with its interval: forecast / from − 1, and the same
 * of the interval's ends. Assumes that `from` is known without error, so that the change is exactly as uncertain as the forecast; the
 * interval has the forecast's level. Null unless `from` is above zero, since a share of anything else has no meaning.
 */
export function growthInterval(
  from: number,
  {forecast, lower, upper}: ForecastInterval
): {growth: number; lower: number; upper: number} | null {
  if (!(from > 0)) return null;
  return {growth: forecast / from - 1, lower: lower / from - 1, upper: upper / from - 1};
}

/**
 * The interval of a sum of forecasts, such as of twelve months or of several series, each with an interval of the same level. What is
 * assumed of their errors must be said, since it decides the width: `"together"`, they are all high or all low at once, the widest
 * reasonable; or `"independent"`, they offset each other, the narrowest (exact for normal errors). The truth is mostly between. Null for none.
 */
export function sumInterval(
  forecasts: readonly ForecastInterval[],
  {errors}: {errors: "together" | "independent"}
): ForecastInterval | null {
  if (!forecasts.length) return null;
  const sum = (of: (row: ForecastInterval) => number) => forecasts.reduce((total, row) => total + of(row), 0);
  const reach =
    errors === "together"
      ? sum
      : (of: (row: ForecastInterval) => number) => Math.sqrt(sum((row) => of(row) ** 2));
  const forecast = sum((row) => row.forecast);
  return {
    forecast,
    lower: forecast - reach(({forecast, lower}) => forecast - lower),
    upper: forecast + reach(({forecast, upper}) => upper - forecast)
  };
}
