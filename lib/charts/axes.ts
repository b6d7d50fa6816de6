// The axes of values and of times: ticks that suit the data, in its zone.
import type {ScaleOptions} from "@observablehq/plot";
import {dateFormat} from "./date-format.js";
import {numberTick, type TickFormat} from "./format.js";
import {room, valueAxis} from "./frame.js";
import {zone, type Zone} from "./zone.js";

/** The smallest and largest of the values that are finite. */
export function extent(values: Iterable<number>): [number, number] | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values)
    if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return low <= high ? [low, high] : undefined;
}

/** A number that is whole, or NaN. */
const isWhole = (value: number) => Number.isInteger(value) || !Number.isFinite(value);

/** The axis of these values; whole values have whole ticks, and a symlog axis powers of ten. */
export function axisOfValues(values: readonly number[], height: number, {type}: ScaleOptions = {}) {
  const axis = valueAxis(height);
  const [low, high] = extent(values) ?? [0, 0];
  if (type === "symlog")
    return {...axis, nice: false, ticks: powers(low, high, axis.ticks), tickFormat: numberTick};
  const ticks = values.every(isWhole) ? Math.max(1, Math.min(axis.ticks, high - low)) : axis.ticks;
  return {...axis, ticks, tickFormat: numberTick};
}

/** Zero, and about so many powers of ten on its sides. */
function powers(low: number, high: number, count: number): number[] {
  const top = Math.ceil(Math.log10(Math.max(10, Math.abs(low), Math.abs(high))));
  const step = Math.max(1, Math.ceil(top / count));
  const sizes = Array.from({length: Math.floor(top / step) + 1}, (_, i) => 10 ** (top - i * step)).reverse();
  return [...sizes.map((size) => -size).reverse(), 0, ...sizes].filter((tick) => tick >= low && tick <= high);
}

/** The pixels that the labels of such an axis need: of ticks as they will be, from below the lowest value to above the highest. */
export function roomForTicks(
  values: readonly number[],
  {type, domain}: ScaleOptions = {},
  format: TickFormat = numberTick
): number {
  const [low, high] = extent((domain as Iterable<number> | undefined) ?? values) ?? [0, 1];
  const widest = Math.max(Math.abs(low), Math.abs(high));
  if (type !== undefined && type !== "linear")
    return room([format(-1.5 * 10 ** Math.floor(Math.log10(widest || 1)))]) + 16;
  const step = niceStep((high - low || widest || 1) / 5);
  const start = Math.floor(low / step) - 1;
  const ticks = Array.from(
    {length: Math.min(20, Math.ceil(high / step) - start + 2)},
    (_, i) => (start + i) * step
  );
  return room(ticks.map((tick) => format(tick, 0, ticks))) + 16;
}

/** The step of 1, 2 or 5 times a power of ten that is not larger. */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return ([5, 2].find((factor) => factor * power <= step) ?? 1) * power;
}

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const durations = [1, 5, 15, 30]
  .map((n) => n * minute)
  .concat(
    [1, 3, 6, 12].map((n) => n * hour),
    [1, 2, 7, 14].map((n) => n * day)
  );
const monday = 4 * day;
const months = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

/** The axis of times: Plot's own in UTC, except for days and hours, where it names no year; in another zone with its ticks at round times of that zone's clocks. */
export function axisOfTimes(
  times: Iterable<Date | number>,
  width: number,
  timeZone: string | undefined
): ScaleOptions {
  const axis = {type: "utc", label: null} as const;
  const all = Array.from(times, Number).filter(Number.isFinite);
  const range = extent(all);
  const most = Math.max(2, Math.floor(width / 64));
  if (!range) return axis;
  if (range[0] === range[1])
    return {...axis, ticks: [new Date(range[0])], tickFormat: dateFormat(range, timeZone)};
  if (timeZone === undefined) {
    const ticks = wholeTicks(all, range, most);
    if (ticks) return {...axis, ticks};
    const span = range[1] - range[0];
    if (span < 5 * minute || span > durations.at(-1)! * most) return axis;
  }
  const clocks = zone(timeZone ?? "UTC");
  const {clock, instant} = clocks;
  const ticks = clockTicks(clock(range[0]), clock(range[1]), {
    most,
    finest: finestOf(all, clocks),
    firstOfWeeks: firstOfWeeks(all, clock)
  });
  // Ticks that clocks skip are at the instants of later ones, and those that they show twice may be before the first time.
  const at = new Map(
    ticks
      .map((tick) => [instant(tick), tick] as const)
      .filter(([time]) => time >= range[0] && time <= range[1])
  );
  const labels = tickLabels([...at.values()]);
  return {
    ...axis,
    ticks: Array.from(at.keys(), (time) => new Date(time)),
    tickFormat: (time: Date) => labels.get(at.get(+time)!) ?? ""
  };
}

/**
 * "year", "quarter" or "month" if all times are the start of one, and a tick for each has room: finer ones would say nothing. Half
 * years where quarters have no room, and years, which Plot would take, would be two or three.
 */
function wholeTicks(times: readonly number[], [first, last]: [number, number], most: number) {
  const days = (last - first) / day;
  const half = days > 91 * most && days < 183 * most && days < 3 * 365 ? "half" : undefined;
  if (times.some((time) => time % day)) return half;
  if (times.some((time) => new Date(time).getUTCDate() !== 1)) return half;
  if (times.some((time) => new Date(time).getUTCMonth() % 3)) return days / 30 < most ? "month" : half;
  if (times.some((time) => new Date(time).getUTCMonth() !== 0)) return days / 91 < most ? "quarter" : half;
  return days / 365 < most ? "year" : undefined;
}

/** The first time if it is the start of a day, from which all others are whole weeks away. */
function firstOfWeeks(times: readonly number[], clock: (time: number) => number): number | undefined {
  const first = clock(times[0]!);
  return first % day === 0 && times.every((time) => (clock(time) - first) % (7 * day) === 0)
    ? first
    : undefined;
}

/** The shortest step between ticks that say something of the times: a duration, or else a number of months. */
interface Finest {
  duration: number;
  months: number;
}

/** Ticks within days say nothing of times that all are the start of a day, nor those within months, quarters or years of others. */
function finestOf(times: readonly number[], {clock, instant}: Zone): Finest {
  // Where clocks skip midnight, a day starts later.
  const startOfDay = (time: number) => Math.floor(clock(time) / day) * day;
  if (times.some((time) => instant(startOfDay(time)) !== time)) return {duration: minute, months: 1};
  const dateOf = (time: number) => new Date(startOfDay(time));
  if (times.some((time) => dateOf(time).getUTCDate() !== 1)) return {duration: day, months: 1};
  const areOf = (step: number) => times.every((time) => dateOf(time).getUTCMonth() % step === 0);
  return {duration: Infinity, months: [12, 3].find(areOf) ?? 1};
}

/** At most so many round times of a clock, no finer than its times are. */
function clockTicks(
  first: number,
  last: number,
  {most, finest, firstOfWeeks}: {most: number; finest: Finest; firstOfWeeks: number | undefined}
): number[] {
  const span = last - first;
  const step = durations.find((step) => step >= finest.duration && span / step <= most);
  const ticks = monthTicks(first, last, {most, least: finest.months});
  // Every other week is a step of weeks; of days, several months say more.
  if (step === undefined || (step === 14 * day && firstOfWeeks === undefined && ticks.length > 2))
    return ticks;
  const origin = step % (7 * day) ? 0 : (firstOfWeeks ?? monday);
  const start = Math.ceil((first - origin) / step);
  return Array.from(
    {length: Math.floor((last - origin) / step) - start + 1},
    (_, i) => (start + i) * step + origin
  );
}

/** The starts of months, or of every so many of them, with at most so many steps between them. */
function monthTicks(first: number, last: number, {most, least}: {most: number; least: number}): number[] {
  const start = new Date(first).getUTCFullYear() * 12 + new Date(first).getUTCMonth();
  const every = (by: number) =>
    Array.from({length: most + 2}, (_, i) => monthStart((Math.ceil(start / by) + i) * by)).filter(
      (tick) => tick >= first && tick <= last
    );
  const by = months.find((n) => n >= least && every(n).length <= most + 1) ?? months.at(-1)!;
  return every(by);
}

const monthStart = (month: number) => new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1);

/** Two lines each: what changes from tick to tick, and below it what contains that, where it starts; a date names its year if none before it does. */
function tickLabels(ticks: number[]): Map<number, string> {
  const text = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat("en-US", {timeZone: "UTC", hourCycle: "h23", ...options});
    return (tick: number) => format.format(tick);
  };
  const year = text({year: "numeric"});
  const date = text({month: "short", day: "numeric"});
  const [small, large] = ticks.some((tick) => tick % day)
    ? [text({hour: "2-digit", minute: "2-digit"}), date]
    : ticks.some((tick) => new Date(tick).getUTCDate() !== 1)
      ? [date, year]
      : ticks.some((tick) => new Date(tick).getUTCMonth() !== 0)
        ? [text({month: "short"}), year]
        : [year, () => ""];
  let [before, yearBefore]: (string | undefined)[] = [];
  return new Map(
    ticks.map((tick) => {
      const [context, inYear] = [large(tick), year(tick)];
      const isNew = context !== before;
      const shown = large === date && inYear !== yearBefore ? `${context}, ${inYear}` : context;
      [before, yearBefore] = [context, inYear];
      return [tick, isNew && context ? `${small(tick)}\n${shown}` : small(tick)];
    })
  );
}
