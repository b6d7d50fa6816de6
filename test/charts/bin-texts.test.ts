// What a histogram of times says of its bins.
import {describe, expect, it} from "vitest";
import {timeTexts} from "../../lib/charts/data/bin-texts.js";
import {calendarBins} from "../../lib/metrics/calendar-bins.js";

/** The first bin, the last bin and the middle of times. */
function said(times: number[], most = 20) {
  const bins = calendarBins(Float64Array.from(times), most);
  const middle = times[Math.floor(times.length / 2)]!;
  const {ofBin, ofValue} = timeTexts(bins, [middle, times.at(-1)!]);
  return [ofBin(bins[0]!), ofBin(bins.at(-1)!), ofValue(middle)];
}
const every = (count: number, step: number) =>
  Array.from({length: count}, (_, i) => Date.UTC(2006, 0, 2) + i * step);
const monthly = (count: number) => Array.from({length: count}, (_, i) => Date.UTC(2006, i));
const day = 86_400_000;

describe("bins of times in words", () => {
  it.each([
    ["years", monthly(120), 20, ["2006", "2015", "Jan 2011"]],
    ["several years", monthly(120), 6, ["2006 to 2007", "2014 to 2015", "Jan 2011"]],
    ["quarters", monthly(48), 20, ["Jan 2006 to Mar 2006", "Oct 2009 to Dec 2009", "Jan 2008"]],
    ["months", monthly(12), 20, ["Jan 2006", "Dec 2006", "Jul 2006"]],
    [
      "weeks",
      every(60, day),
      20,
      ["Jan 2, 2006 to Jan 8, 2006", "Feb 27, 2006 to Mar 5, 2006", "Feb 1, 2006"]
    ],
    ["days", every(9, day), 20, ["Jan 2, 2006", "Jan 10, 2006", "Jan 6, 2006"]],
    [
      "hours",
      every(60, day / 24),
      20,
      ["Jan 2, 2006, 00:00 to 03:00", "Jan 4, 2006, 09:00 to 12:00", "Jan 3, 2006, 06:00"]
    ],
    [
      "seconds",
      every(10, 1000),
      20,
      ["Jan 2, 2006, 00:00:00 to 00:00:01", "Jan 2, 2006, 00:00:09 to 00:00:10", "Jan 2, 2006, 00:00:05"]
    ],
    [
      "milliseconds",
      every(10, 5),
      20,
      [
        "Jan 2, 2006, 00:00:00.000 to 00:00:00.005",
        "Jan 2, 2006, 00:00:00.045 to 00:00:00.050",
        "Jan 2, 2006, 00:00:00.025"
      ]
    ],
    ["one day again and again", every(3, 0), 20, ["Jan 2, 2006", "Jan 2, 2006", "Jan 2, 2006"]]
  ])("%s", (_, times, most, texts) => {
    expect(said(times, most)).toEqual(texts);
  });
});
