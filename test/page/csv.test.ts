// Rows as CSV: what RFC 4180 asks, all digits, and times that read the same everywhere.
import fc from "fast-check";
import {csvParseRows} from "d3-dsv";
import {describe, expect, it} from "vitest";
import {csvText} from "../../lib/page/csv.js";

describe("csvText", () => {
  it("has a head, all digits, dates in UTC, and nothing for what is missing", () => {
    const rows = [
      {month: new Date("2015-12-01"), jobs: 143093.25, big: 2n ** 60n, note: null},
      {month: new Date("2015-12-01T08:30:00Z"), jobs: 0.1 + 0.2, late: [1n, "a"]}
    ];
    expect(csvText(rows)).toBe(
      "month,jobs,big,note,late\r\n" +
        "2015-12-01,143093.25,1152921504606846976,,\r\n" +
        '2015-12-01T08:30:00.000Z,0.30000000000000004,,,"[""1"",""a""]"\r\n'
    );
  });

  it("gives any text back as it was", () => {
    const text = fc.string({unit: "grapheme", minLength: 1});
    fc.assert(
      fc.property(fc.array(text, {minLength: 1}), (texts) => {
        expect(csvParseRows(csvText(texts.map((name) => ({name}))))).toEqual([
          ["name"],
          ...texts.map((one) => [one])
        ]);
      })
    );
  });
});
