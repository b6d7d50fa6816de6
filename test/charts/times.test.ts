// Times mean the same in every viewer's zone.
import fc from "fast-check";
import {afterEach, describe, expect, it} from "vitest";
import {dateFormat} from "../../lib/charts/date-format.js";
import {toTimes} from "../../lib/charts/times.js";
import {zone} from "../../lib/charts/zone.js";

const {TZ} = process.env;
afterEach(() => {
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
});

const read = (value: unknown, timeZone?: string) =>
  toTimes([value], {name: "when", timeZone})[0]?.toISOString();
const Pacific = "America/Los_Angeles";

describe.each(["UTC", Pacific, "Asia/Kolkata"])("seen from %s", (viewer) => {
  it.each([
    ["2024", "2024-01-01T00:00:00.000Z"],
    ["2024-03", "2024-03-01T00:00:00.000Z"],
    ["2024-01-05", "2024-01-05T00:00:00.000Z"],
    ["2024-01-05T10:30", "2024-01-05T10:30:00.000Z"],
    ["2024-01-05 10:30:00", "2024-01-05T10:30:00.000Z"],
    ["2024-01-05 10:30:00.123456", "2024-01-05T10:30:00.123Z"],
    ["2024-01-05T10:30:00+02:00", "2024-01-05T08:30:00.000Z"],
    ["2024-01-05 10:30:00-0330", "2024-01-05T14:00:00.000Z"],
    ["2024-01-05 10:30:00 UTC", "2024-01-05T10:30:00.000Z"],
    ["1/5/2024", "2024-01-05T00:00:00.000Z"],
    ["12/31/2024 3:30 PM", "2024-12-31T15:30:00.000Z"],
    ["1/5/2024 12:05 AM", "2024-01-05T00:05:00.000Z"],
    ["0050-01-01", "0050-01-01T00:00:00.000Z"],
    [2024, "2024-01-01T00:00:00.000Z"],
    [1704450600, "2024-01-05T10:30:00.000Z"],
    [1704450600000, "2024-01-05T10:30:00.000Z"],
    [1704450600000000, "2024-01-05T10:30:00.000Z"],
    [1704450600000000000n, "2024-01-05T10:30:00.000Z"],
    [new Date("2024-01-05"), "2024-01-05T00:00:00.000Z"],
    [null, undefined]
  ])("%s is %s", (value, expected) => {
    process.env.TZ = viewer;
    expect(new Date(2024, 0, 5).getTimezoneOffset()).toBe(
      {UTC: 0, [Pacific]: 480, "Asia/Kolkata": -330}[viewer]
    );
    expect(read(value)).toBe(expected);
  });

  it("a named zone's clocks decide, with daylight saving time", () => {
    process.env.TZ = viewer;
    expect(read("2024-01-05", Pacific)).toBe("2024-01-05T08:00:00.000Z");
    expect(read("2024-07-05 10:30", Pacific)).toBe("2024-07-05T17:30:00.000Z");
    expect(read("2024-07-05T10:30Z", Pacific)).toBe("2024-07-05T10:30:00.000Z");
    expect(read("2024-03-10 02:30", Pacific)).toBe("2024-03-10T10:30:00.000Z"); // which clocks skip
    expect(read("2024-11-03 01:30", Pacific)).toBe("2024-11-03T08:30:00.000Z"); // the first of two
    const midnight = new Date("2024-07-05T07:00Z");
    expect(dateFormat([midnight, new Date("2024-07-06T07:00Z")], Pacific)(midnight)).toBe("Jul 5, 2024");
    expect(dateFormat([midnight, new Date("2024-07-06T07:00Z")])(midnight)).toBe("Jul 5, 2024, 07:00");
  });
});

it.each([
  [
    "soon",
    'Column "when" holds "soon" in row 1, which is not a date: write it as 2024-01-05 or 2024-01-05T10:30Z'
  ],
  ["2024-02-30", "which is a date or time that doesn't exist"],
  ["2024-01-05T25:00", "which is a date or time that doesn't exist"],
  ["13/5/2024", "in the order month/day/year: write it as 2024-05-13"],
  ["1/5/24", "whose century is not clear"],
  ["1/5/2024 13:00 PM", "is not a date"],
  [20_000, "it is not clear in which unit"],
  [5e10, "it is not clear in which unit"],
  [new Date(NaN), "an invalid date"],
  [true, "which is not a date"]
])("%s is refused with the fix", (value, message) => {
  expect(() => read(value)).toThrow(message);
});

it("refuses a zone that there is not", () => {
  expect(() => read("2024-01-05", "Los Angeles")).toThrow(
    'The timeZone is "Los Angeles": give it an IANA name, such as "America/Los_Angeles"'
  );
});

it("reads what a zone's clock shows back as that instant", () => {
  for (const name of [Pacific, "Asia/Kolkata", "Australia/Lord_Howe", "Europe/London"]) {
    const {clock, instant} = zone(name);
    fc.assert(
      fc.property(fc.integer({min: 0, max: 2_000_000}), (minutes) => {
        const at = 1_600_000_000_000 + minutes * 60_000 * 15;
        // Of the two instants of an hour that clocks show twice, the earlier is meant.
        expect(clock(instant(clock(at)))).toBe(clock(at));
        expect(instant(clock(at))).toBeLessThanOrEqual(at);
      })
    );
  }
});
