// Numbers and dates as these pages write them.

interface Format<T> {
  format(value: T): string;
}

/** Makes a format at its first use: each costs a few milliseconds, which a page's first picture would wait for. */
function lazily<T>(make: () => Format<T>): (value: T) => string {
  let format: Format<T> | undefined;
  return (value) => (format ??= make()).format(value);
}
const known = (options: Intl.NumberFormatOptions) => {
  const format = lazily<number>(() => new Intl.NumberFormat("en-US", options));
  return (value: number | null | undefined) => (value == null ? "–" : format(value).replace("-", "−"));
};
/** A time that is missing is a dash: Intl itself would write today's. */
const date = (options: Intl.DateTimeFormatOptions) => {
  const format = lazily<Date | number>(() => new Intl.DateTimeFormat("en-US", options));
  return (value: Date | number | null | undefined) => (value == null ? "–" : format(value));
};
const percent = (digits: number, options: Intl.NumberFormatOptions = {}) =>
  known({style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits, ...options});

export const formatInteger = known({maximumFractionDigits: 0});
export const formatChange = known({maximumFractionDigits: 0, signDisplay: "exceptZero"});
export const formatShare = percent(2);
export const formatRoundShare = percent(0);
export const formatShareChange = percent(1, {signDisplay: "exceptZero"});
const small = known({maximumSignificantDigits: 3});
const middling = known({minimumFractionDigits: 2, maximumFractionDigits: 2});
/** As many digits as one compares at a glance: "1,234", "12.34", "0.0712". */
export const formatNumber = (value: number | null | undefined) => {
  const size = Math.abs(value ?? 0);
  return (size >= 100 ? formatInteger : size >= 1 || size === 0 ? middling : small)(value);
};
/** "90% interval +0.2% to +2.7%", or nothing where it isn't known. */
export const interval = (
  {lower, upper}: {lower?: number | null; upper?: number | null},
  format: (value: number) => string,
  between: string
) => (lower == null || upper == null ? "" : `90% interval ${format(lower)}${between}${format(upper)}`);
const millions = known({minimumFractionDigits: 1, maximumFractionDigits: 1});
/** Thousands of jobs, as people say them: "143.1 million", "548 thousand". */
export const formatThousands = (value: number | null | undefined) =>
  value == null
    ? "–"
    : Math.abs(value) >= 1_000
      ? `${millions(value / 1_000)} million`
      : `${formatInteger(value)} thousand`;
export const formatMonth = date({month: "short", year: "numeric", timeZone: "UTC"});
export const formatDay = date({dateStyle: "medium", timeZone: "UTC"});
/** A moment in the viewer's own time. */
export const formatMoment = date({dateStyle: "medium", timeStyle: "short"});

let relative: Intl.RelativeTimeFormat | undefined;
const ago = (value: number, unit: Intl.RelativeTimeFormatUnit) =>
  (relative ??= new Intl.RelativeTimeFormat("en-US", {numeric: "auto"})).format(value, unit);

/** "just now", "5 minutes ago", "yesterday", of a time in ISO 8601. */
export function formatAgo(time: string): string {
  const minutes = Math.round((Date.now() - Date.parse(time)) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return ago(-minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 24 ? ago(-hours, "hour") : ago(-Math.round(hours / 24), "day");
}

/** "1.2 s", "48 s", "3 min 20 s". */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** How a run stands, in a word: its status, capitalized. */
export const formatOutcome = (status: string) => status.charAt(0).toUpperCase() + status.slice(1);

/** "12 MB" of a number of bytes. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes == null) return "–";
  const power = bytes < 1_000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const unit = ["bytes", "kB", "MB", "GB", "TB"][power]!;
  return `${Number((bytes / 1_000 ** power).toPrecision(3))} ${unit}`;
}
