// How tables write numbers and times: as people read them, with the digits that matter.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {endTexts, tableFormat} from "../../lib/page/table-format.js";

const written = (...values: unknown[]) => {
  const {format} = tableFormat(values.map((value) => ({value})));
  return values.map((value) => format.value!(value));
};
const day = (text: string) => new Date(`${text}Z`);

describe("tableFormat", () => {
  it("gives numbers of a column as many digits as one of them needs", () => {
    expect(written(135450, 143093)).toEqual(["135,450", "143,093"]);
    expect(written(546.6, 143093, -0)).toEqual(["546.6", "143,093.0", "0.0"]);
    expect(written(47.606209, -122.332069)).toEqual(["47.606209", "−122.332069"]);
    expect(written(2n ** 60n, -7)).toEqual(["1,152,921,504,606,846,976", "−7"]);
  });

  it("gives computed numbers six digits of the largest", () => {
    expect(written(0.1 + 0.2, 12.5)).toEqual(["0.3", "12.5"]);
    expect(written(1234567 / 7, 1 / 3)).toEqual(["176,366.714", "0.333"]);
    expect(written(Math.fround(12.8), 1 / 3)).toEqual(["12.8000", "0.3333"]);
    expect(written(1 / 700, 2 / 700)).toEqual(["0.00142857", "0.00285714"]);
  });

  it("writes what is too large or too small for digits with a power", () => {
    expect(written(1.5e20, 0.25, Infinity, NaN)).toEqual(["1.5E20", "0.25", "∞", "NaN"]);
    expect(written(1e-9, 1234.5678901)).toEqual(["1E−9", "1,234.568"]);
  });

  it("writes whole numbers that may be years without separators", () => {
    expect(written(1999, 2026)).toEqual(["1999", "2026"]);
    expect(written(1999, 2026.5)).toEqual(["1,999.0", "2,026.5"]);
    expect(written(1999, 3000)).toEqual(["1,999", "3,000"]);
  });

  it("writes times as exactly as the column's are", () => {
    expect(written(day("2006-01-01T00:00"), day("2015-12-31T00:00"))).toEqual(["2006-01-01", "2015-12-31"]);
    expect(written(day("2006-01-01T00:00"), day("2006-01-01T10:30"))).toEqual([
      "2006-01-01 00:00",
      "2006-01-01 10:30"
    ]);
    expect(written(day("2006-01-01T10:30:05"))).toEqual(["2006-01-01 10:30:05"]);
    expect(written(day("2006-01-01T10:30:05.25"))).toEqual(["2006-01-01 10:30:05.250"]);
    expect(written(new Date(NaN), day("2006-01-01T00:00"))).toEqual(["", "2006-01-01"]);
  });

  it("leaves texts, and columns of several kinds, as they are", () => {
    expect(written("1.0", "Rain")).toEqual(["1.0", "Rain"]);
    expect(written("a", 1.5, day("2006-01-01T00:00"), [1n], true)).toEqual([
      "a",
      "1.5",
      "2006-01-01",
      '["1"]',
      "true"
    ]);
  });

  it("puts numbers at the right, also beside missing ones", () => {
    const rows = [{a: null, b: "x", c: null}, {a: 1, b: 2, c: null}, {d: 5n}];
    expect(tableFormat(rows).align).toEqual({a: "right", d: "right"});
    expect(tableFormat(rows).format.a!(null)).toBe("");
  });

  it("keeps every digit of numbers with up to six behind the point", () => {
    const number = fc.tuple(fc.integer({min: -(10 ** 9), max: 10 ** 9}), fc.integer({min: 0, max: 6}));
    fc.assert(
      fc.property(fc.array(number, {minLength: 1}), (parts) => {
        const numbers = parts.map(([digits, power]) => digits / 10 ** power);
        const read = written(...numbers).map((text) => Number(text.replaceAll(",", "").replace("−", "-")));
        expect(read).toEqual(numbers.map((value) => value + 0)); // no −0
      })
    );
  });
});

describe("endTexts", () => {
  const ends = (kind: string, min: string | null, max: string | null) =>
    Object.values(endTexts({kind, min, max}));

  it("writes DuckDB's texts of numbers and times as a table would", () => {
    expect(ends("number", "546.6", "143093.0")).toEqual(["546.6", "143,093.0"]);
    expect(ends("number", "-7.0", "143093.0")).toEqual(["−7", "143,093"]);
    expect(ends("number", "-9223372036854775808", "inf")).toEqual(["−9,223,372,036,854,775,808", "∞"]);
    expect(ends("time", "2006-01-01 00:00:00", "2015-12-01 00:00:00")).toEqual(["2006-01-01", "2015-12-01"]);
    expect(ends("time", "2006-01-01", "2015-12-01")).toEqual(["2006-01-01", "2015-12-01"]);
    expect(ends("time", "2024-01-05 00:00:00+00", "2024-01-05 10:30:00+00")).toEqual([
      "2024-01-05 00:00",
      "2024-01-05 10:30"
    ]);
  });

  it("leaves what it doesn't know as it is", () => {
    expect(ends("text", "1.0", "2006-01-01 00:00:00")).toEqual(["1.0", "2006-01-01 00:00:00"]);
    expect(ends("time", "0044-03-15 (BC) 00:00:00", "infinity")).toEqual([
      "0044-03-15 (BC) 00:00:00",
      "infinity"
    ]);
    const exact = ["2024-01-05 10:30:00.123456", "2024-01-05 10:30:00.5"];
    expect(ends("time", exact[0]!, exact[1]!)).toEqual([exact[0], "2024-01-05 10:30:00.500"]);
    expect(ends("number", null, null)).toEqual([null, null]);
  });
});
