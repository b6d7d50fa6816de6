// The intervals of forecasts: which columns hold them, and at which levels.
import {namesOf} from "../find-columns.js";
import {levelFormat} from "../format.js";
import type {Data} from "../../metrics/column.js";
import type {Value} from "../values.js";

/** An interval around the forecasts. If it is open at one end, leave out that end's column, or use infinities. */
export interface IntervalColumns {
  /** The nominal share of actual values, such as 0.9. */
  level?: number | undefined;
  lower?: Value | undefined;
  upper?: Value | undefined;
}

/** The columns of forecasts of quantiles, such as `{0.05: "q05", 0.5: "q50", 0.95: "q95"}`. */
export type QuantileColumns = Record<number, Value>;

/** Throws a RangeError with the fix for a level that is no share between 0 and 1. */
export function checkLevel(level: number): number {
  if (level > 0 && level < 1) return level;
  const fix =
    level > 1 && level < 100 ? `${+(level / 100).toPrecision(12)}` : "a share between 0 and 1, such as 0.9";
  throw new RangeError(`The level is ${level}: give ${fix}`);
}

/** "97.5% interval", or "Interval" where the level isn't known. */
export const intervalLabel = (level: number | undefined) =>
  level === undefined ? "Interval" : `${levelFormat(level)} interval`;

/** Quantiles in pairs, each an interval. Throws a RangeError for one without its counterpart; 0.5 is the median. */
export function pairQuantiles(quantiles: QuantileColumns): IntervalColumns[] {
  const all = Object.entries(quantiles).map(([quantile, column]) => [Number(quantile), column] as const);
  for (const [quantile] of all) if (!(quantile > 0 && quantile < 1)) checkLevel(quantile);
  return all
    .filter(([quantile]) => quantile !== 0.5)
    .flatMap(([quantile, lower]) => {
      const counterpart = round(1 - quantile);
      const upper = all.find(([other]) => round(other) === counterpart)?.[1];
      if (upper === undefined)
        throw new RangeError(
          `The quantile ${quantile} has no counterpart: give the quantile ${counterpart}, too`
        );
      return quantile < 0.5 ? [{level: round(1 - 2 * quantile), lower, upper}] : [];
    });
}

const round = (share: number) => Number(share.toFixed(9));

/** Intervals of several levels, checked, from the widest to the narrowest. */
export function widestFirst(intervals: readonly IntervalColumns[]): IntervalColumns[] {
  for (const {level} of intervals) if (level !== undefined) checkLevel(level);
  return [...intervals].sort((a, b) => (b.level ?? 1) - (a.level ?? 1));
}

const boundName = /^(?:(.+?)[-_. ])??(lo|low|lower|hi|high|upper)[-_. ]?(0?\.\d+|\d{1,2}(?:\.\d+)?)$/i;
const quantileName = /^(?:(?:(.+?)[-_. ])??(?:q|p|quantile)[-_. ]?)?(0?\.\d+|\d{2,3}|\d{1,2}\.\d+)$/i;

interface Found {
  intervals: IntervalColumns[];
  /** The column of the median, or of the model whose name the intervals' names start with, as "ets" of "ets-lo-95". */
  forecast: string | undefined;
}

/** The intervals whose columns have usual names: "lo80" and "hi80", "ets-lo-95", "lower_80", "q0.05" or "q05", "0.1". */
export function findIntervals(data: Data, forecast?: Value): Found {
  const names = namesOf(data);
  const owner = typeof forecast === "string" ? forecast.toLowerCase() : undefined;
  const bounds = names.flatMap((name) => {
    const [, prefix, side, level] = boundName.exec(name) ?? [];
    return level === undefined
      ? []
      : [{name, prefix, isLower: /^lo/i.test(side!), level: share(level, false)}];
  });
  const prefixes = new Set(
    bounds.flatMap(({prefix}) => (prefix !== undefined && names.includes(prefix) ? [prefix] : []))
  );
  const model = forecast === undefined && prefixes.size === 1 ? [...prefixes][0]! : undefined;
  const mine = (prefix: string | undefined) =>
    prefix === undefined ||
    [owner ?? model?.toLowerCase(), "yhat", "forecast", "prediction"].includes(prefix.toLowerCase());
  const pairs = bounds.flatMap(({name, prefix, isLower, level}) => {
    const other = bounds.find((b) => !b.isLower && b.level === level && b.prefix === prefix);
    return isLower && other && mine(prefix) ? [{level, lower: name, upper: other.name}] : [];
  });
  if (pairs.length) return {intervals: pairs, forecast: model};
  const quantiles = names.flatMap((name) => {
    const [, prefix, digits] = quantileName.exec(name) ?? [];
    const isBare = /^\d{2}/.test(name); // "10" is no quantile, "0.1" is one
    return digits === undefined || isBare || !mine(prefix) ? [] : [{name, quantile: share(digits, true)}];
  });
  const paired = quantiles.flatMap(({name, quantile}) => {
    const upper = quantiles.find((other) => other.quantile === round(1 - quantile));
    return quantile < 0.5 && upper ? [{level: round(1 - 2 * quantile), lower: name, upper: upper.name}] : [];
  });
  return {intervals: paired, forecast: quantiles.find(({quantile}) => quantile === 0.5)?.name};
}

/** "0.05", "97.5" as shares, and of quantiles "05" and "975" as what follows the point. */
function share(digits: string, isQuantile: boolean): number {
  if (/^0?\./.test(digits)) return Number(digits);
  return round(isQuantile && !digits.includes(".") ? Number(`0.${digits}`) : Number(digits) / 100);
}
