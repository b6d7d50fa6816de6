// Which name was meant, and how an error lists those that exist.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {listed, listedNearest, nearestFirst, nearestName} from "../../lib/names/index.js";

describe("the nearest name", () => {
  it.each([
    ["Demnd", ["Sales", "Demand", "Dem"], "Demand"],
    ["sales", ["Scales", "SALES"], "SALES"],
    ["target column", ["target", "target_columns"], "target_columns"],
    ["ag", ["name", "age"], "age"]
  ])("to %j of %j is %j", (written, names, nearest) => {
    expect(nearestFirst(written, names)[0]).toBe(nearest);
    expect(nearestName(written, names)).toBe(nearest);
  });

  it.each([
    ["", ["long", "name"]],
    ["weather", ["sales", "stores"]],
    ["anything", []]
  ])("to %j of %j is none, where more than a third of the letters differ", (written, names) =>
    expect(nearestName(written, names)).toBeUndefined()
  );

  it("is the name itself, case, blanks, _ and - aside, and each name is kept once", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), {minLength: 1}), fc.nat(), (names, n) => {
        const written = names[n % names.length]!;
        const sorted = nearestFirst(written, [...names, ...names]);
        const key = (name: string) => name.toLowerCase().replace(/[\s_-]/g, "");
        expect(key(sorted[0]!)).toBe(key(written));
        expect(sorted).toHaveLength(new Set(names).size);
        expect(new Set(sorted)).toEqual(new Set(names));
      })
    );
  });

  it("is found among very long ones, of which the beginning is compared", () => {
    const long = "x".repeat(1_000_000);
    expect(nearestFirst(long, ["short", `${long}y`])).toEqual([`${long}y`, "short"]);
    expect(nearestName(long, ["short", `${long}y`])).toBe(`${long}y`);
  });
});

describe("a list of names", () => {
  it.each([
    [[], ""],
    [["a"], "a"],
    [["a", "b"], "a and b"],
    [["a", "b", "c"], "a, b and c"]
  ])("of %j is %j", (names, text) => expect(listed(names)).toBe(text));

  it("begins with the nearest, and counts those that would be too many", () => {
    const names = ["east", "north", "south", "west"];
    expect(listedNearest("sought", names, {most: 2})).toBe("south, east and 2 more");
  });

  it("has the others in alphabetical order, by the numbers in them, in whichever order they came", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(["Store 10", "Store 9", "Ärger", "Store", "store 9"], {minLength: 5}),
        (names) => {
          expect(listedNearest("weather", names)).toBe("Ärger, Store, store 9, Store 9, Store 10");
          expect(listedNearest("Store9", names)).toBe("store 9, Store 9, Store, Store 10, Ärger");
        }
      )
    );
  });

  it("quotes the names and cuts long ones", () => {
    const quote = (name: string) => JSON.stringify(name);
    expect(listedNearest("a", ["a b", "x".repeat(99)], {quote})).toBe(`"a b", "${"x".repeat(59)}…"`);
  });
});
