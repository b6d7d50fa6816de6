// Labels of long names: short, whole letters, and never two alike.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {distinctLabels, isolated, letters, textWidth, wrapped} from "../../lib/charts/labels.js";
import {nameLines, widestOf} from "../../lib/charts/name-axis.js";

const labels = (names: string[], width: number) => [...distinctLabels(names, width).values()];

describe("labels", () => {
  it("are the names where these fit", () => {
    expect(labels(["NW", "NE", "SW"], 20)).toEqual(["NW", "NE", "SW"]);
  });

  it("keep the start and the end of long names", () => {
    expect(labels(["Professional and business services in the northern states"], 150)).toEqual([
      expect.stringMatching(/^Profession.*….*states$/)
    ]);
    expect(labels(["SKU-000000001-blue", "SKU-000000002-blue", "SKU-000000003-red"], 80)).toEqual(
      expect.arrayContaining([expect.stringContaining("1"), expect.stringContaining("2")])
    );
  });

  it("show what differs where starts and ends are alike", () => {
    const shown = labels(
      [1, 2, 3].map((i) => `${"a".repeat(40)}${i}${"z".repeat(40)}`),
      90
    );
    expect(shown).toEqual([1, 2, 3].map((i) => expect.stringMatching(`^…${i}z*…$`) as string));
  });

  it("are numbered where no cut can tell names apart", () => {
    const names = ["a", "b"].flatMap((x) => ["c", "d"].map((y) => x + "m".repeat(30) + y + "n".repeat(30)));
    expect(new Set(labels(names, 40)).size).toBe(4);
  });

  it("have no line breaks, and say when there is no name", () => {
    expect(labels(["a\nb", "", "\t"], 100)).toEqual(["a b", "(no name) #1", "(no name) #2"]);
  });

  it("cut no emoji, accent or surrogate in two", () => {
    const family = "👨‍👩‍👧‍👦";
    for (const label of labels([family.repeat(30), `e\u0301`.repeat(60), "שלום".repeat(20)], 60))
      expect(letters(label).every((letter) => ["…", family, "e\u0301", ..."שלום"].includes(letter))).toBe(
        true
      );
  });

  it("are distinct for any names, and fit if they aren't numbered", () => {
    const name = fc.oneof(
      fc.string({unit: "grapheme", maxLength: 60}),
      fc
        .tuple(
          fc.constantFrom("SKU-0000000", "model "),
          fc.nat(3000),
          fc.constantFrom("", "-long-suffix-here")
        )
        .map((parts) => parts.join(""))
    );
    fc.assert(
      fc.property(fc.uniqueArray(name, {maxLength: 40}), fc.integer({min: 30, max: 200}), (names, width) => {
        const result = distinctLabels(names, width);
        expect([...result.keys()]).toEqual(names);
        expect(new Set(result.values()).size).toBe(names.length);
        for (const label of result.values())
          if (!/ #\d+$/.test(label) && letters(label).length > 3)
            expect(textWidth(label)).toBeLessThanOrEqual(Math.max(width, textWidth("(no name)")) + 1);
      })
    );
  });

  it("of 10,000 names are made at once", () => {
    const names = Array.from({length: 10_000}, (_, i) => `A series with a long name, number ${i}`);
    expect(new Set(labels(names, 100)).size).toBe(10_000);
  });
});

it("names that are read from the right are set apart from the words around them", () => {
  expect(isolated("שלום")).toBe("\u2068שלום\u2069");
  expect(isolated("ets")).toBe("ets");
});

describe("labels on two lines", () => {
  it("part where both lines are most alike, and keep every letter", () => {
    expect(wrapped("Education and Health Services", 120)).toEqual(["Education and", "Health Services"]);
    expect(wrapped("short", 120)).toEqual(["short"]);
    expect(wrapped("north_america_east_1", 110)).toEqual(["north_", "america_east_1"]);
  });

  it("beside bars have all letters of a name once, or less of them", () => {
    const written = ({text}: {text: string}) => text.replaceAll(/[\n…]/g, "");
    const [one] = nameLines(["EmployeesInProfessionalServices"], 380, {hasTwo: true}).values();
    expect(one).toMatchObject({text: "EmployeesInProfession\nalServices", isWhole: true});
    for (let length = 1; length < 60; ++length) {
      const name = Array.from({length}, (_, i) => String.fromCodePoint(0x61 + (i % 26))).join("");
      for (const width of [320, 480, 640])
        for (const lines of nameLines([name], width, {hasTwo: true}).values()) {
          if (lines.isWhole) expect(written(lines)).toBe(name);
          else expect(written(lines).length).toBeLessThan(length);
        }
    }
  });

  it("fit their width, and are different for different names", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({maxLength: 60}), {minLength: 1, maxLength: 8}), (names) => {
        const labels = distinctLabels(names, 170);
        const lines = [...labels.values()].map((label) => wrapped(label, 100));
        expect(new Set(lines.map((some) => some.join("\n"))).size).toBe(new Set(labels.values()).size);
        for (const some of lines) expect(textWidth(some[0]!)).toBeLessThanOrEqual(100);
      })
    );
  });
});

it("the widest of more labels than a call takes as arguments is found", () => {
  expect(widestOf(Array.from({length: 200_000}, (_, i) => ({size: i % 71})))).toBe(70);
  expect(widestOf([])).toBe(0);
});
