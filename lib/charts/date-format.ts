// Formats of dates in charts: as exact as the data.
import {locale, type Format} from "./format.js";
import {zone} from "./zone.js";

const [second, minute, day] = [1000, 60_000, 86_400_000];

/**
 * Dates in a zone, UTC if left out, as exact as the data: "2015" if there are several, "Jan 2015", "Jan 5, 2015", "Jan 5, 2015, 10:30",
 * "Jan 5, 2015, 10:30:15" or "Jan 5, 2015, 10:30:15.250".
 */
export function dateFormat(dates: Iterable<Date | number>, timeZone = "UTC"): Format<Date | number> {
  const {clock} = zone(timeZone);
  let [first, several]: [number | undefined, boolean] = [undefined, false];
  let [onYears, onMonths] = [true, true];
  let [onDays, onMinutes, onSeconds] = [true, true, true];
  for (const date of dates) {
    const shown = clock(+date);
    first ??= +date;
    several ||= +date !== first;
    onDays &&= shown % day === 0;
    onMinutes &&= shown % minute === 0;
    onSeconds &&= shown % second === 0;
    if (!onSeconds) break;
    if (!onDays || !onMonths) continue;
    const fields = new Date(shown);
    onMonths &&= fields.getUTCDate() === 1;
    onYears &&= fields.getUTCMonth() === 0;
  }
  const options: Intl.DateTimeFormatOptions = {timeZone, year: "numeric"};
  if (!(onDays && onYears && onMonths) || !several) options.month = "short";
  if (!(onDays && onMonths)) options.day = "numeric";
  if (!onDays) Object.assign(options, {hour: "2-digit", minute: "2-digit", hourCycle: "h23"});
  if (!onMinutes) options.second = "2-digit";
  if (!onSeconds) options.fractionalSecondDigits = 3;
  const format = new Intl.DateTimeFormat(locale, options);
  return (value) => format.format(value);
}
