// Numbers and dates as these pages write them.

/** Makes a format at its first use: each costs a few milliseconds, which a page's first picture would wait for. */
const lazily = (make) => {
  let format;
  return (...values) => (format ??= make()).format(...values);
};
const number = (options) => lazily(() => new Intl.NumberFormat("en-US", options));
const date = (options) => lazily(() => new Intl.DateTimeFormat("en-US", options));

const percent = (digits, options) =>
  number({style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits, ...options});
const integer = number({maximumFractionDigits: 0});
const signed = number({maximumFractionDigits: 0, signDisplay: "exceptZero"});
const signedShare = percent(1, {signDisplay: "exceptZero"});
const share = percent(2);
const ago = lazily(() => new Intl.RelativeTimeFormat("en-US", {numeric: "auto"}));

export const formatInteger = (value) => (value == null ? "–" : integer(value));
export const formatChange = (value) => (value == null ? "–" : signed(value));
export const formatShare = (value) => (value == null ? "–" : share(value));
export const formatShareChange = (value) => (value == null ? "–" : signedShare(value));
export const formatMonth = date({month: "short", year: "numeric", timeZone: "UTC"});
export const formatDay = date({dateStyle: "medium", timeZone: "UTC"});
/** A moment in the viewer's own time. */
export const formatMoment = date({dateStyle: "medium", timeStyle: "short"});

/** "just now", "5 minutes ago", "yesterday", of a time in ISO 8601. */
export function formatAgo(time) {
  const minutes = Math.round((Date.now() - Date.parse(time)) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return ago(-minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 24 ? ago(-hours, "hour") : ago(-Math.round(hours / 24), "day");
}

/** "1.2 s", "48 s", "3 min 20 s". */
export function formatSeconds(seconds) {
  if (seconds < 10) return `${Math.max(0, seconds).toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** How a run stands, in a word: its status, capitalized. */
export const formatOutcome = (status) => status.charAt(0).toUpperCase() + status.slice(1);
