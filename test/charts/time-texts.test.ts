// Times and durations as people read them.
import {describe, expect, it} from "vitest";
import {dateFormat} from "../../lib/charts/date-format.js";
import {unitOf} from "../../lib/charts/flows/duration-unit.js";

describe("an axis of durations", () => {
  it.each([
    [90, "seconds"],
    [3600, "minutes"],
    [26 * 3600, "hours"],
    [12 * 86_400, "days"]
  ])("up to %d s is of %s", (seconds, name) => {
    expect(unitOf(seconds).name).toBe(name);
  });
});

describe("a time reads as exactly as the data", () => {
  const at = (text: string) => new Date(text);
  it.each([
    ["years", ["2020-01-01T00:00Z", "2021-01-01T00:00Z"], "2020"],
    ["months", ["2020-01-01T00:00Z", "2020-02-01T00:00Z"], "Jan 2020"],
    ["days", ["2020-01-01T00:00Z", "2020-01-02T00:00Z"], "Jan 1, 2020"],
    ["minutes", ["2020-01-01T00:00Z", "2020-01-01T00:01Z"], "Jan 1, 2020, 00:00"],
    ["seconds", ["2020-01-01T00:00Z", "2020-01-01T00:00:15Z"], "Jan 1, 2020, 00:00:00"],
    ["milliseconds", ["2020-01-01T00:00:07.250Z", "2020-01-01T00:00:15Z"], "Jan 1, 2020, 00:00:07.250"]
  ])("of %s", (_, times, text) => {
    expect(dateFormat(times.map(at))(at(times[0]!))).toBe(text);
  });

  it("of seconds in a zone", () => {
    const times = ["2020-01-01T00:00:15Z", "2020-01-01T00:00:30Z"].map(at);
    expect(dateFormat(times, "Asia/Kolkata")(times[0]!)).toBe("Jan 1, 2020, 05:30:15");
  });
});
