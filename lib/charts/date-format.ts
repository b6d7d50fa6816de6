// Formats of dates in charts: as exact as the data.
import {locale, type Format} from "./format.js";
import {zone} from "./zone.js";

const day = 86_400_000;

/** Dates in a zone, UTC if left out, as exact as the data: "2015", "Jan 2015", "Jan 5, 2015" or "Jan 5, 2015, 10:30". */
export function dateFormat(dates: Iterable<Date>, timeZone = "UTC"): Format<Date> {
  const {clock} = zone(timeZone);
  let [count, onYears, onMonths, onDays] = [0, true, true, true];
  for (const date of dates) {
    const shown = new Date(clock(+date));
    count++;
    onYears &&= shown.getUTCMonth() === 0;
    onMonths &&= shown.getUTCDate() === 1;
    onDays &&= +shown % day === 0;
  }
  const options: Intl.DateTimeFormatOptions = {timeZone, year: "numeric"};
  if (!(onYears && onMonths) || count < 2) options.month = "short";
  if (!onMonths) options.day = "numeric";
  if (!onDays)
    Object.assign(options, {
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23"
    });
  const format = new Intl.DateTimeFormat(locale, options);
  return (value) => format.format(value);
}
