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

export const formatInteger = (value) => (value == null ? "–" : integer.format(value));
export const formatChange = (value) => (value == null ? "–" : signed.format(value));
export const formatShare = (value) => (value == null ? "–" : share.format(value));
export const formatShareChange = (value) => (value == null ? "–" : signedShare.format(value));
export const formatMonth = (date) => month.format(date);
export const formatDay = (date) => day.format(date);
