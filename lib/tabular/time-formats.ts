// How times are written that aren't ISO 8601, in strptime's language, in the order in which they are tried: the month before
// the day, as pandas does. Runs in Node and in pages.

/** Whole dates, which are taken for such in any column. */
export const dateFormats: readonly string[] = [
  "%m/%d/%Y",
  "%d/%m/%Y",
  "%m/%d/%Y %H:%M",
  "%d/%m/%Y %H:%M",
  "%m/%d/%Y %H:%M:%S",
  "%d/%m/%Y %H:%M:%S",
  "%m/%d/%Y %I:%M %p",
  "%m/%d/%Y %I:%M:%S %p",
  "%d.%m.%Y",
  "%d.%m.%Y %H:%M",
  "%d.%m.%Y %H:%M:%S",
  "%d-%m-%Y",
  "%d-%b-%Y",
  "%d %b %Y",
  "%b %d, %Y",
  "%B %d, %Y"
];

/** What is a time only where the platform says so: in other columns it may be a number or a code. */
export const timeFormats: readonly string[] = ["%Y-%m", "%Y", "%Y%m%d", "%b %Y", ...dateFormats];
