// How the forecast for each time changed between two origins.
import {toTimes} from "../times.js";
import type {OriginsData} from "./origins-data.js";

/** The forecasts for one time; NaN where an origin has none. */
export interface Revision {
  time: Date;
  old: number;
  new: number;
  actual: number;
}

/** Two origins, and what changed between them, in order of time. */
export interface Revisions {
  from: Date;
  to: Date;
  revisions: Revision[];
}

/** Which origins to compare. */
export interface RevisionOrigins {
  from: Date | string | undefined;
  to: Date | string | undefined;
  timeZone: string | undefined;
}

/**
 * The revisions from one origin to another, by default from the one before the newest to the newest. Undefined if there are no two.
 * Throws an Error with the origins that there are for one that isn't among them.
 */
export function revisionsOf(
  {origins, actual}: OriginsData,
  {from, to, timeZone}: RevisionOrigins
): Revisions | undefined {
  const indexOf = (name: "from" | "to", given: Date | string) => {
    const at = +toTimes([given], {name, timeZone})[0]!;
    const found = origins.findIndex(({origin}) => +origin === at);
    if (found >= 0) return found;
    const [first, last] = [origins[0], origins.at(-1)].map((some) => some?.origin.toISOString().slice(0, 10));
    throw new RangeError(
      `There is no forecast of the origin ${JSON.stringify(given)}, given as "${name}": there are ${origins.length}, ` +
        `from ${first} to ${last}`
    );
  };
  const newest = to === undefined ? origins.length - 1 : indexOf("to", to);
  const oldest = from === undefined ? newest - 1 : indexOf("from", from);
  const [older, newer] = [origins[oldest], origins[newest]];
  if (!older || !newer) return undefined;
  const byTime = new Map<number, Revision>();
  const at = (time: number) => {
    const there = byTime.get(time) ?? {time: new Date(time), old: NaN, new: NaN, actual: NaN};
    byTime.set(time, there);
    return there;
  };
  for (const [i, time] of older.times.entries()) at(time).old = older.values[i]!;
  for (const [i, time] of newer.times.entries()) at(time).new = newer.values[i]!;
  for (const [i, time] of actual.times.entries()) {
    const there = byTime.get(time);
    if (there) there.actual = actual.values[i]!;
  }
  return {
    from: older.origin,
    to: newer.origin,
    revisions: [...byTime.values()].sort((a, b) => +a.time - +b.time)
  };
}

/** By how much a forecast changed. */
export const changeOf = (revision: Revision) => revision.new - revision.old;

/** Of more revisions than there are pixels, the largest of each. */
export function largestOfEach(revisions: Revision[], pixels: number): Revision[] {
  if (revisions.length <= pixels) return revisions;
  const [first, last] = [+revisions[0]!.time, +revisions.at(-1)!.time];
  const kept = new Map<number, Revision>();
  for (const revision of revisions) {
    const pixel = Math.floor(((pixels - 1) * (+revision.time - first)) / (last - first));
    const other = kept.get(pixel);
    if (!other || !(Math.abs(changeOf(other)) >= Math.abs(changeOf(revision)))) kept.set(pixel, revision);
  }
  return [...kept.values()];
}
