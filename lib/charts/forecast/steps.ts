// The step of a regular series, so that a missing row is seen as a gap.
import type {Zone} from "../zone.js";

const day = 86_400_000;

/** Whether something is missing between two neighboring times. */
export type IsGap = (from: number, to: number) => boolean;

const never: IsGap = () => false;

/** How many steps of a series one time is before another. */
type StepsBetween = (from: number, to: number) => number;

/**
 * Counts the steps of a series with these times, which are in order and differ: of the step that most neighbours are apart, of which all
 * others are multiples. That is a duration, such as an hour, a day or 28 days; a number of months; or a day without weekends. Undefined
 * for a series without such a step, or of fewer than four times.
 */
export function stepsOf(times: ArrayLike<number>, {clock}: Pick<Zone, "clock">): StepsBetween | undefined {
  for (const place of [Number, clock, (time: number) => monthOf(clock(time))]) {
    const step = commonStep(times, place);
    if (step === undefined) continue;
    if (step === day && !onWeekends(times, clock))
      return (from, to) => weekdays(clock(to)) - weekdays(clock(from));
    return (from, to) => (place(to) - place(from)) / step;
  }
  return undefined;
}

/** How to tell the gaps of a series with these times, which are in order and differ. Of one without a step nothing is known to be missing. */
export function gapsOf(times: ArrayLike<number>, zone: Pick<Zone, "clock">): IsGap {
  const steps = stepsOf(times, zone);
  return steps ? (from, to) => steps(from, to) > 1 : never;
}

/** The same of positions that aren't times, such as horizons. */
export function gapsOfNumbers(positions: ArrayLike<number>): IsGap {
  const step = commonStep(positions, Number);
  return step === undefined ? never : (from, to) => to - from > step;
}

/** The most common difference of neighbours, if it is that of most, and the others are its multiples. */
function commonStep(times: ArrayLike<number>, place: (time: number) => number): number | undefined {
  if (times.length < 4) return undefined;
  const counts = new Map<number, number>();
  let before = place(times[0]!);
  for (let i = 1; i < times.length; i++) {
    const at = place(times[i]!);
    counts.set(at - before, (counts.get(at - before) ?? 0) + 1);
    before = at;
  }
  let [step, most] = [0, 0];
  for (const [difference, count] of counts) if (count > most) [step, most] = [difference, count];
  if (!(step > 0) || 2 * most <= times.length - 1) return undefined;
  for (const difference of counts.keys()) if (!(difference > 0) || difference % step) return undefined;
  return step;
}

/** The months since the year 0, of the first or the last day of one; with a fraction for other days, by which months aren't apart. */
function monthOf(clock: number): number {
  const date = new Date(clock);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const next = new Date(clock + day);
  if (next.getUTCDate() === 1) return month;
  return month + (date.getUTCDate() - 1) / 32 + (clock % day) / day / 32;
}

function onWeekends(times: ArrayLike<number>, clock: (time: number) => number): boolean {
  for (let i = 0; i < times.length; i++)
    if ([0, 6].includes(new Date(clock(times[i]!)).getUTCDay())) return true;
  return times.length < 6; // no weekend lies between
}

/** The days from Monday to Friday since 1970-01-05, a Monday. */
function weekdays(clock: number): number {
  const days = Math.floor(clock / day) - 4;
  const week = Math.floor(days / 7);
  return 5 * week + Math.min(5, days - 7 * week);
}
