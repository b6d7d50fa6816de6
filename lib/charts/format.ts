// Formats of numbers and dates in charts: no more digits than they need.
import type {Measure} from "../metrics/index.js";

/** Formats a value in a chart, such as `(value) => value.toFixed(1)`. */
export type Format<T> = (value: T) => string;

const locale = "en-US";

/**
 * A format for these numbers that distinguishes values a thousandth of the largest apart, with thousands separated: "7,601"
 * for employees, "0.042" for ratios.
 */
export function numberFormat(values: Iterable<number>): Format<number> {
  const known = [...values].filter(Number.isFinite);
  const largest = known.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const digits = largest ? Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(largest)))) : 0;
  const whole = known.every(Number.isInteger);
  return fixed(whole ? 0 : digits, {});
}

/** Shares as percentages: "42.1%" and, where they are small, "4.21%". */
export function percentFormat(values: Iterable<number>): Format<number> {
  const largest = [...values]
    .filter(Number.isFinite)
    .reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return fixed(largest < 0.1 ? 2 : largest < 1 ? 1 : 0, {style: "percent"});
}

/** The format of a measure's values. */
export function measureFormat(unit: Measure["unit"], values: Iterable<number>): Format<number> {
  return unit === "share" ? percentFormat(values) : numberFormat(values);
}

/** The format of the ticks of a measure's axis: all with as many digits as the one that needs most. */
export function measureTick(unit: Measure["unit"]) {
  return (value: number, _?: number, ticks: Iterable<number> = [value]): string => {
    const one = unit === "share" ? 100 : 1;
    const digits = Math.max(...Array.from(ticks, (tick) => decimals(tick * one)));
    return fixed(digits, unit === "share" ? {style: "percent"} : {})(value);
  };
}

function decimals(value: number): number {
  const digits = [0, 1, 2, 3, 4, 5].find((n) => Math.abs(value - +value.toFixed(n)) < 1e-9);
  return digits ?? 6;
}

function fixed(digits: number, options: Intl.NumberFormatOptions): Format<number> {
  return text({...options, minimumFractionDigits: digits, maximumFractionDigits: digits});
}

function text(options: Intl.NumberFormatOptions): Format<number> {
  const number = new Intl.NumberFormat(locale, {...options, signDisplay: "negative"}); // which knows no "-0"
  return (value) => number.format(value).replace("-", "−");
}

const day = 86_400_000;

/** Dates in UTC, as exact as the data: "2015", "Jan 2015", "Jan 5, 2015" or "Jan 5, 2015, 10:30". */
export function dateFormat(dates: Iterable<Date>): Format<Date> {
  const all = [...dates];
  const every = (test: (date: Date) => boolean) => all.every(test);
  const options: Intl.DateTimeFormatOptions = {timeZone: "UTC", year: "numeric"};
  if (!every((date) => date.getUTCMonth() === 0 && date.getUTCDate() === 1) || all.length < 2)
    options.month = "short";
  if (!every((date) => date.getUTCDate() === 1)) options.day = "numeric";
  if (!every((date) => +date % day === 0))
    Object.assign(options, {hour: "2-digit", minute: "2-digit", hourCycle: "h23"});
  const date = new Intl.DateTimeFormat(locale, options);
  return (value) => date.format(value);
}
