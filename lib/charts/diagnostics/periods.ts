// Periods of a calendar: where one starts, and which there are between two.
import type {Format} from "../format.js";
import {locale} from "../format.js";
import {zone} from "../zone.js";

/** How long a period is. Weeks start on Mondays. */
export type Period = "day" | "week" | "month" | "quarter" | "year";

const day = 86_400_000;
const months = {month: 1, quarter: 3, year: 12} as const;

/**
 * A function that gives the start of the period that a time is in, by the clocks of the zone; UTC if left out. Without a period, it
 * gives the time itself.
 */
export function startsOf(period: Period | undefined, timeZone?: string): (time: number) => number {
  if (period === undefined) return (time) => time;
  const {clock, instant} = zone(timeZone);
  let [from, to, start] = [NaN, NaN, NaN];
  return (time) => {
    const at = clock(time);
    // Most times are in the period of the one before.
    if (!(at >= from && at < to)) {
      from = floor(period, at);
      [to, start] = [next(period, from), instant(from)];
    }
    return start;
  };
}

/** The starts of all periods from one to another. */
export function periodsBetween(period: Period, first: number, last: number, timeZone?: string): number[] {
  const {clock, instant} = zone(timeZone);
  const starts: number[] = [];
  for (let at = clock(first); at <= clock(last); at = next(period, at)) starts.push(instant(at));
  return starts;
}

function floor(period: Period, clock: number): number {
  if (period === "day") return Math.floor(clock / day) * day;
  if (period === "week") return Math.floor((clock / day - 4) / 7) * 7 * day + 4 * day;
  const date = new Date(clock);
  const count = months[period];
  return monthStart(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / count) * count);
}

function next(period: Period, start: number): number {
  if (period === "day") return start + day;
  if (period === "week") return start + 7 * day;
  const date = new Date(start);
  return monthStart(date.getUTCFullYear(), date.getUTCMonth() + months[period]);
}

const monthStart = (year: number, month: number) => new Date(0).setUTCFullYear(year, month, 1);

/** How a period reads: "2024", "Q1 2024", "Jan 2024", "Jan 5, 2024", or "Week of Jan 5, 2024". */
export function periodFormat(period: Period, timeZone = "UTC"): Format<Date> {
  const {clock} = zone(timeZone);
  const text = new Intl.DateTimeFormat(locale, {
    timeZone,
    year: "numeric",
    ...(period !== "year" && {month: "short"}),
    ...((period === "day" || period === "week") && {day: "numeric"})
  });
  if (period === "week") return (time) => `Week of ${text.format(time)}`;
  if (period !== "quarter") return (time) => text.format(time);
  return (time) => {
    const date = new Date(clock(+time));
    return `${quarterOf(date)} ${date.getUTCFullYear()}`;
  };
}

/**
 * The labels of an axis of quarters, "Q3", and below it the year where one starts; undefined if its ticks are years. The ticks are an
 * interval's name, or times.
 */
export function quarterTicks(ticks: unknown, timeZone?: string) {
  const {clock} = zone(timeZone);
  const dateOf = (time: Date) => new Date(clock(+time));
  const areQuarters = Array.isArray(ticks)
    ? ticks.some((tick: Date) => dateOf(tick).getUTCMonth() > 0)
    : ticks === "quarter" || ticks === "half";
  if (!areQuarters) return undefined;
  return (time: Date, i: number, ticks: readonly Date[] = [time]): string => {
    const [date, before] = [dateOf(time), ticks[i - 1]];
    const year = date.getUTCFullYear();
    return quarterOf(date) + (before && dateOf(before).getUTCFullYear() === year ? "" : `\n${year}`);
  };
}

const quarterOf = (date: Date) => `Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
