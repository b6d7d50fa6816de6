// Ticks of axes: as many as have room, of histograms and of times.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {axisOfTimes} from "../../lib/charts/axes.js";
import {ticksOf, widened} from "../../lib/charts/bins.js";
import {zone} from "../../lib/charts/zone.js";

const bin = (lower: number, upper: number) => [
  {lower, upper, count: 1},
  {lower: upper, upper: 2 * upper - lower, count: 1}
];

describe("a histogram", () => {
  it("has as many round ticks as their labels have room", () => {
    expect(ticksOf(bin(546.6, 71_819.8), false, 200).ticks).toEqual([50_000, 100_000]);
    expect(ticksOf(bin(546.6, 71_819.8), false, 500).ticks).toEqual([
      20_000, 40_000, 60_000, 80_000, 100_000, 120_000, 140_000
    ]);
    expect(ticksOf(bin(0, 2), true, 400).ticks).toEqual([0, 1, 2, 3, 4]);
  });

  it("of one bin has a tick with no more than four digits, and of whole numbers with all", () => {
    const tickOf = (value: number, isWhole = false) => {
      const {ticks, tickFormat} = ticksOf(widened([{lower: value, upper: value, count: 3}]), isWhole, 400);
      return ticks.map((tick) => tickFormat(tick));
    };
    expect(tickOf(-5.3771947)).toEqual(["−5.377"]);
    expect(tickOf(0.1)).toEqual(["0.1"]);
    expect(tickOf(20_231, true)).toEqual(["20,231"]);
  });

  it("has ticks between its ends, whatever these are", () => {
    const end = fc.double({noNaN: true, min: -1e12, max: 1e12});
    fc.assert(
      fc.property(
        end,
        fc.double({noNaN: true, min: 1e-3, max: 1e12}),
        fc.integer({min: 1, max: 1000}),
        (low, half, width) => {
          const bins = widened(bin(low, low + half)); // as they are drawn
          const {ticks} = ticksOf(bins, false, width);
          expect(ticks.length).toBeGreaterThan(0);
          for (const tick of ticks)
            expect(tick >= low - half * 1e-3 && tick <= bins.at(-1)!.upper + half * 1e-3).toBe(true);
        }
      )
    );
  });
});

describe("times", () => {
  const months = (count: number) => Array.from({length: count}, (_, i) => Date.UTC(2023, i, 1));
  it.each([
    [6, 400, "month"],
    [24, 320, "half"],
    [34, 400, "half"],
    [24, 700, undefined], // Plot takes quarters
    [60, 320, undefined] // and years
  ])("%i months over %i pixels have a tick for each %s", (count, width, ticks) => {
    expect(axisOfTimes(months(count), width, undefined).ticks).toBe(ticks);
  });

  it.each([
    [15, 192, ["00:00\nJan 1, 2023", "12:00", "00:00\nJan 2", "12:00"]],
    [15, 24, ["00:00\nJan 1, 2023", "03:00"]],
    [1, 31, ["00:00\nJan 1, 2023", "00:15", "00:30"]]
  ])("every %i minutes, %i times, have the hours that texts of times have", (minutes, count, labels) => {
    const times = Array.from({length: count}, (_, i) => Date.UTC(2023, 0, 1) + 60_000 * minutes * i);
    const {ticks, tickFormat} = axisOfTimes(times, 280, undefined);
    const format = tickFormat as (time: Date) => string;
    expect((ticks as Date[]).map(format)).toEqual(labels);
  });

  it.each([
    ["days", Date.UTC(2023, 11, 30), 1, 4, ["Dec 30\n2023", "Dec 31", "Jan 1\n2024", "Jan 2"]],
    ["weeks from a Sunday", Date.UTC(2023, 0, 1), 7, 4, ["Jan 1\n2023", "Jan 8", "Jan 15", "Jan 22"]],
    ["times five days apart", Date.UTC(2023, 0, 4), 5, 4, ["Jan 9\n2023", "Jan 16"]]
  ])("of %s name the year", (_, start, step, count, labels) => {
    const times = Array.from({length: count}, (_, i) => start + i * step * 86_400_000);
    const {ticks, tickFormat} = axisOfTimes(times, 280, undefined);
    expect((ticks as Date[]).map(tickFormat as (time: Date) => string)).toEqual(labels);
  });

  /** The labels of ticks so many hours apart in a zone, in which clocks change. */
  const hours = (start: string, count: number, {step = 1, width = 640, timeZone = "America/Sao_Paulo"}) => {
    const times = Array.from({length: count}, (_, i) => Date.parse(start) + i * step * 3_600_000);
    const {ticks, tickFormat} = axisOfTimes(times, width, timeZone);
    return (ticks as Date[]).map(tickFormat as (time: Date) => string);
  };

  it("of hours name another year, too", () => {
    expect(hours("2023-12-31T12:00Z", 4, {step: 6, width: 280, timeZone: "UTC"})).toEqual([
      "12:00\nDec 31, 2023",
      "18:00",
      "00:00\nJan 1, 2024",
      "06:00"
    ]);
  });

  it("of hours name a day whose midnight clocks skip", () => {
    expect(hours("2018-11-04T02:00Z", 3, {width: 192})).toEqual([
      "23:00\nNov 3, 2018",
      "01:00\nNov 4",
      "02:00"
    ]);
  });

  it("of hours name the day where the first tick is an hour that clocks show twice", () => {
    expect(hours("2024-11-03T06:00Z", 3, {width: 192, timeZone: "America/New_York"})).toEqual([
      "02:00\nNov 3, 2024",
      "03:00"
    ]);
  });

  it("of days have no ticks within days, also where clocks skip a midnight or a time is missing", () => {
    const times = ["02T03", "03T03", "04T03", "05T02"].map((at) => Date.parse(`2018-11-${at}:00Z`));
    const {ticks, tickFormat} = axisOfTimes([NaN, ...times], 640, "America/Sao_Paulo");
    expect((ticks as Date[]).map(tickFormat as (time: Date) => string)).toEqual([
      "Nov 2\n2018",
      "Nov 3",
      "Nov 4",
      "Nov 5"
    ]);
  });

  /** The labels of times that are at these times of a zone's clocks. */
  const inZone = (clockTimes: number[], width: number, timeZone: string) => {
    const {ticks, tickFormat} = axisOfTimes(clockTimes.map(zone(timeZone).instant), width, timeZone);
    return (ticks as Date[]).map(tickFormat as (time: Date) => string);
  };

  it.each(["America/Los_Angeles", "Asia/Kolkata", "UTC"])(
    "in %s have no ticks within the months, quarters or years that they are the start of",
    (timeZone) => {
      const start = (step: number, count: number) =>
        Array.from({length: count}, (_, i) => Date.UTC(2023, step * i, 1));
      expect(inZone(start(1, 3), 640, timeZone)).toEqual(["Jan\n2023", "Feb", "Mar"]);
      expect(inZone(start(1, 6), 640, timeZone)).toEqual(["Jan\n2023", "Feb", "Mar", "Apr", "May", "Jun"]);
      expect(inZone(start(1, 24), 320, timeZone)).toEqual(["Jan\n2023", "Jul", "Jan\n2024", "Jul"]);
      expect(inZone(start(3, 5), 1200, timeZone)).toEqual(["Jan\n2023", "Apr", "Jul", "Oct", "Jan\n2024"]);
      expect(inZone(start(12, 5), 1200, timeZone)).toEqual(["2023", "2024", "2025", "2026", "2027"]);
      expect(inZone(start(12, 5), 280, timeZone)).toEqual(["2023", "2024", "2025", "2026", "2027"]);
    }
  );

  it("of several months of days have a tick for each month, also in a zone, and those of weeks for each other week", () => {
    const days = (step: number, count: number) =>
      Array.from({length: count}, (_, i) => Date.UTC(2023, 0, 10 + step * i));
    for (const timeZone of ["UTC", "Europe/Berlin"]) {
      expect(inZone(days(1, 130), 640, timeZone)).toEqual(["Feb\n2023", "Mar", "Apr", "May"]);
      expect(inZone(days(1, 130), 280, timeZone)).toEqual(["Feb\n2023", "Mar", "Apr", "May"]);
      expect(inZone(days(1, 50), 280, timeZone)).toEqual(["Jan 23\n2023", "Feb 6", "Feb 20"]);
      expect(inZone(days(7, 19), 640, timeZone).slice(0, 3)).toEqual(["Jan 10\n2023", "Jan 24", "Feb 7"]);
    }
  });

  it("of weeks start with the first of them, also where a time is missing", () => {
    const weeks = [0, 1, 2].map((i) => Date.UTC(2024, 0, 2 + 7 * i));
    expect(axisOfTimes([NaN, ...weeks], 200, undefined).ticks).toEqual(weeks.map((time) => new Date(time)));
  });

  it("of seconds have Plot's ticks", () => {
    const seconds = [0, 1, 2, 3].map((i) => Date.UTC(2023, 0, 1, 10, 30, i));
    expect(axisOfTimes(seconds, 280, undefined)).not.toHaveProperty("ticks");
  });

  it("that are all the same have one tick, as exact as the time", () => {
    const time = Date.UTC(2023, 0, 1, 10, 30, 15);
    const {ticks, tickFormat} = axisOfTimes([time, time], 280, undefined);
    expect(ticks).toEqual([new Date(time)]);
    expect((tickFormat as (time: Date) => string)(new Date(time))).toBe("Jan 1, 2023, 10:30:15");
  });
});
