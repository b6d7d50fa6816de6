// How far apart a series' values are, and which place in time each has: months have different lengths, so places are
// counted in units, not in seconds.

const second = 1000;
const day = 86_400 * second;

export interface Cadence {
  /** What a step is. */
  unit: "month" | "millisecond";
  /** How many units a step has. */
  step: number;
  /** Months only: whether times are the last days of their months. */
  atMonthEnd: boolean;
  /** How many steps a season has, where one is usual; 1 means none. */
  season: number;
  /** A moment that lies on the grid, in epoch milliseconds. */
  origin: number;
}

/**
 * The cadence of times, in epoch milliseconds: the most frequent distance between neighbours. `series` holds each series'
 * times in order. A single moment counts as daily.
 */
export function cadenceOf(series: number[][]): Cadence {
  const gaps = new Map<number, number>();
  for (const times of series) {
    for (let i = 1; i < times.length; i++) {
      const gap = times[i]! - times[i - 1]!;
      if (gap > 0) gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
    }
  }
  // Months of 31 and 30 days are one distance.
  const families = new Map<string, {count: number; gap: number}>();
  for (const [gap, count] of [...gaps].sort(([a], [b]) => a - b)) {
    const months = monthsOf(gap);
    const key = months ? `${months} months` : `${gap} ms`;
    const family = families.get(key) ?? {count: 0, gap};
    families.set(key, {count: family.count + count, gap: family.gap});
  }
  const usual = [...families.values()].reduce((a, b) => (b.count > a.count ? b : a), {count: 0, gap: day});
  const all = series.flat();
  const origin = all.reduce((a, b) => Math.min(a, b), Infinity);
  const months = monthsOf(usual.gap);
  if (!months) {
    return {unit: "millisecond", step: usual.gap, atMonthEnd: false, season: seasonOf(usual.gap), origin};
  }
  return {unit: "month", step: months, atMonthEnd: all.every(isMonthEnd), season: 12 / months, origin};
}

/** How many months a distance is, if it is a month, a quarter, half a year or a year. */
function monthsOf(gap: number): number | undefined {
  const days = gap / day;
  if (days >= 28 && days <= 31) return 1;
  if (days >= 89 && days <= 92) return 3;
  if (days >= 181 && days <= 184) return 6;
  return days >= 365 && days <= 366 ? 12 : undefined;
}

/** The season that a step of so many milliseconds usually has: a day of hours or less, a week of days, a year of weeks. */
function seasonOf(step: number): number {
  if (step === 7 * day) return 52;
  if (step === day) return 7;
  return step < day && day % step === 0 && day / step <= 48 ? day / step : 1;
}

const isMonthEnd = (time: number) => new Date(time + day).getUTCDate() === 1;

const monthIndex = (time: number) => new Date(time).getUTCFullYear() * 12 + new Date(time).getUTCMonth();

/** The place of a moment: whole steps from the origin. Moments between two places belong to the one before. */
export function placeOf({unit, step, origin}: Cadence, time: number): number {
  const units = unit === "month" ? monthIndex(time) - monthIndex(origin) : time - origin;
  return Math.floor(units / step);
}

/** The moment of a place, in epoch milliseconds. */
export function timeAt({unit, step, atMonthEnd, origin}: Cadence, place: number): number {
  if (unit === "millisecond") return origin + place * step;
  const begin = new Date(origin);
  const month = begin.getUTCMonth() + place * step;
  const last = new Date(Date.UTC(begin.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const date = atMonthEnd ? last : Math.min(begin.getUTCDate(), last);
  return Date.UTC(begin.getUTCFullYear(), month, date) + (origin - Math.floor(origin / day) * day);
}
