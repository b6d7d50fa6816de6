// When forecasts were made: from a column of origins, or of horizons.
import type {Data} from "../../metrics/column.js";
import {findColumn} from "../find-columns.js";
import {instants, numbers, type Value} from "../values.js";
import {zone} from "../zone.js";
import {stepsOf} from "./steps.js";

/** The columns that say when forecasts were made. */
export interface MadeColumns {
  /** The time at which each was made. */
  origin?: string | undefined;
  /** How many steps ahead of it each forecast is, from 1. */
  horizon?: string | undefined;
}

/** The columns with usual names, other than that of the times that the forecasts are for. */
export function findMade(data: Data, time: Value): MadeColumns {
  const other = (found: string | undefined) => (found === time ? undefined : found);
  return {origin: other(findColumn(data, "origin")), horizon: other(findColumn(data, "horizon"))};
}

/** The rows to look at. */
interface Forecasts {
  /** The rows of each series, in order of time. */
  groups: ReadonlyMap<string, readonly number[]>;
  times: Float64Array;
  forecasts: readonly number[];
  actuals: readonly number[] | undefined;
  timeZone: string | undefined;
}

/**
 * Until when actual values were known for the forecasts of each series: null if they were made at several times. Without the series of
 * which it isn't known.
 */
export function originsOf(
  data: Data,
  {origin, horizon}: MadeColumns,
  {groups, times, forecasts, actuals, timeZone}: Forecasts
): Map<string, number | null> {
  const made = ifReadable(origin, (name) => instants(data, name, timeZone));
  const horizons = made ? undefined : ifReadable(horizon, (name) => numbers(data, name));
  const found = new Map<string, number | null>();
  for (const [name, places] of made || horizons ? groups : []) {
    const predicted = places.filter((row) => !isNaN(forecasts[row]!));
    // What the history has, too, such as a "step", is the number of a row.
    if (horizons && places[0] !== predicted[0] && horizons[places[0]!]! >= 1) continue;
    if (horizons && actuals && isOfAll(horizons, {places, predicted, actuals})) continue;
    const only = made
      ? onlyOrigin(predicted, made)
      : originBefore(predicted, {places, times, horizons: horizons!, timeZone});
    if (only !== undefined) found.set(name, only);
  }
  return found;
}

/** A column with a usual name may hold something else, such as names of editions. */
function ifReadable<T>(name: string | undefined, read: (name: string) => T): T | undefined {
  try {
    return name === undefined ? undefined : read(name);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** When all forecasts of these rows were made: null if at several times, undefined if it isn't known of one of them. */
function onlyOrigin(places: readonly number[], made: Float64Array): number | null | undefined {
  if (!places.length || places.some((row) => isNaN(made[row]!))) return undefined;
  const [first] = places;
  return places.every((row) => made[row] === made[first!]) ? made[first!] : null;
}

/**
 * Whether all rows of a series, its fitted values too, have one number that isn't their horizon: forecasts that were always made so many
 * steps ahead would end so many after the last actual value.
 */
function isOfAll(
  horizons: readonly number[],
  {places, predicted, actuals}: Record<"places" | "predicted" | "actuals", readonly number[]>
): boolean {
  const lead = horizons[predicted[0]!]!;
  if (places[0] !== predicted[0] || !predicted.every((row) => horizons[row] === lead)) return false;
  const ahead = places.length - 1 - places.findLastIndex((row) => !isNaN(actuals[row]!));
  return ahead < places.length && ahead > lead;
}

/** The rows of a series, and what rows have. */
interface Ahead extends Pick<Forecasts, "times" | "timeZone"> {
  places: readonly number[];
  horizons: readonly number[];
}

/** The origin of forecasts by how many steps ahead they are: of one origin each is farther ahead than the one before. */
function originBefore(
  predicted: readonly number[],
  {places, times, horizons, timeZone}: Ahead
): number | null | undefined {
  // From 0 they may be counted from the first forecast, or be those of the origin itself.
  if (!predicted.every((row) => horizons[row]! >= 1)) return undefined;
  if (predicted.some((row, i) => i > 0 && horizons[row]! <= horizons[predicted[i - 1]!]!)) return null;
  if (!predicted.length) return undefined;
  const [first, second, last] = [predicted[0]!, predicted[1], predicted.at(-1)!];
  const [start, lead] = [times[first]!, horizons[first]!];
  if (lead === 1) return start - 1;
  if (second === undefined) return undefined;
  const span = horizons[last]! - lead;
  const all = Float64Array.from(places, (row) => times[row]!);
  const steps = stepsOf(all, zone(timeZone));
  if (steps?.(start, times[last]!) === span)
    return all.findLast((time) => steps(time, start) >= lead) ?? all[0]! - 1;
  // Horizons may be in another unit, such as days, or the series may have no step: then it is that of the average, and half of one more
  // finds the nearest value, as months aren't equally long.
  const step = (times[last]! - start) / span;
  return Math.min(start - 1, start - lead * step + (times[second]! - start) / 2);
}
