// Numbers and dates as these pages write them.
const integer = new Intl.NumberFormat("en-US", {maximumFractionDigits: 0});
const signed = new Intl.NumberFormat("en-US", {maximumFractionDigits: 0, signDisplay: "exceptZero"});
const signedShare = new Intl.NumberFormat("en-US", {
  style: "percent",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: "exceptZero"
});
const share = new Intl.NumberFormat("en-US", {
  style: "percent",
  minimumFractionDigits: 2,
  maximumFractionDigits: 2
});
const month = new Intl.DateTimeFormat("en-US", {month: "short", year: "numeric", timeZone: "UTC"});
const day = new Intl.DateTimeFormat("en-US", {dateStyle: "medium", timeZone: "UTC"});
const moment = new Intl.DateTimeFormat("en-US", {dateStyle: "medium", timeStyle: "short"});
const ago = new Intl.RelativeTimeFormat("en-US", {numeric: "auto"});

export const formatInteger = (value) => (value == null ? "–" : integer.format(value));
export const formatChange = (value) => (value == null ? "–" : signed.format(value));
export const formatShare = (value) => (value == null ? "–" : share.format(value));
export const formatShareChange = (value) => (value == null ? "–" : signedShare.format(value));
export const formatMonth = (date) => month.format(date);
export const formatDay = (date) => day.format(date);
/** A moment in the viewer's own time. */
export const formatMoment = (date) => moment.format(date);

/** "just now", "5 minutes ago", "yesterday", of a time in ISO 8601. */
export function formatAgo(time) {
  const minutes = Math.round((Date.now() - Date.parse(time)) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return ago.format(-minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 24 ? ago.format(-hours, "hour") : ago.format(-Math.round(hours / 24), "day");
}

/** "1.2 s", "48 s", "3 min 20 s". */
export function formatSeconds(seconds) {
  if (seconds < 10) return `${Math.max(0, seconds).toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** How a run stands, in a word: its status, capitalized. */
export const formatOutcome = (status) => status.charAt(0).toUpperCase() + status.slice(1);
