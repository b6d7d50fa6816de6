// What a model's page computes by itself.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {relativeErrors} from "../../src/components/relative-errors.js";
import {choiceNote, comparable, pairOf, validChoices} from "../../src/components/version-choice.js";

const versions = ["naive", "ets", "mstl"];

describe("the versions that are compared", () => {
  it("are two to six, or the only one", () => {
    expect(comparable(versions)).toEqual({least: 2, most: 6});
    expect(comparable(["ets"])).toEqual({least: 1, most: 6});
    expect(choiceNote(["ets"], comparable(["ets"]))).toBe("");
    expect(choiceNote(["ets"], comparable(versions))).toBe(
      "Choose two to six versions: 1 chosen. What is below is of the choice before."
    );
    expect(choiceNote([], comparable(["ets"]))).toMatch(/^Choose the version: 0 chosen\./);
  });

  it("are the latest choice of so many: the choice before stays with too few", () => {
    const input = Object.assign(new EventTarget(), {value: ["naive", "ets"]});
    const chosen: string[][] = [];
    const stop = validChoices(input as never, comparable(versions))((choice) => chosen.push(choice));
    for (const value of [["ets"], [], ["ets", "mstl"]])
      Object.assign(input, {value}).dispatchEvent(new Event("input"));
    stop();
    Object.assign(input, {value: ["naive", "mstl"]}).dispatchEvent(new Event("input"));
    expect(chosen).toEqual([
      ["naive", "ets"],
      ["ets", "mstl"]
    ]);
  });

  it("are set side by side with the one that differences are from at the left", () => {
    expect(pairOf(versions, null)).toEqual({from: "naive", to: "mstl"});
    expect(pairOf(versions, "mstl")).toEqual({from: "mstl", to: "ets"});
    expect(pairOf(versions, "not chosen")).toEqual({from: "naive", to: "mstl"});
    expect(pairOf(["ets"], null)).toBeUndefined();
  });
});

describe("errors relative to a version's", () => {
  const row = fc.record({
    series: fc.constantFrom("temperature", "wind"),
    version: fc.constantFrom(...versions),
    error: fc.option(fc.oneof(fc.constant(0), fc.double({min: 0.001, max: 100, noNaN: true})))
  });
  const rows = fc.uniqueArray(row, {selector: ({series, version}) => `${series} ${version}`});

  it("are shares of it, of the series that it has an error of", () => {
    fc.assert(
      fc.property(rows, (rows) => {
        const base = (series: string) =>
          rows.find((row) => row.series === series && row.version === "naive")?.error ?? 0;
        const relative = relativeErrors(rows, "naive");
        expect(relative).toHaveLength(
          rows.filter((row) => base(row.series) > 0 && row.error !== null).length
        );
        for (const {series, version, error} of relative) {
          const before = rows.find((row) => row.series === series && row.version === version)!.error!;
          expect(error! * base(series)).toBeCloseTo(before, 6);
          if (version === "naive") expect(error).toBe(1);
        }
      })
    );
  });
});
