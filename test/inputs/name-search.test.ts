// Finding names: which, in which order, and the same as looking at each of them.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {fold, foundParts, words} from "../../lib/inputs/fold.js";
import {NameSearch} from "../../lib/inputs/name-search.js";

const never = new AbortController().signal;

async function find(names: readonly string[], ...queries: string[]): Promise<string[]> {
  const search = new NameSearch(names);
  let found: Uint32Array = new Uint32Array();
  for (const query of queries) found = await search.find(query, never);
  return Array.from(found, (place) => names[place]!);
}

const names = [
  "Store North SKU-12",
  "SKU-12 Store South",
  "Café Central",
  "STRASSE 7",
  "東京 12",
  'a<b>&"c"',
  "northern lights"
];

describe("find", () => {
  it("finds words in any order, without regard to case", async () => {
    expect(await find(names, "12 store")).toEqual(["Store North SKU-12", "SKU-12 Store South"]);
    expect(await find(names, "sku-12")).toEqual(["SKU-12 Store South", "Store North SKU-12"]);
    expect(await find(names, "NORTH")).toEqual(["northern lights", "Store North SKU-12"]);
  });

  it("finds names without their accents, in other scripts and with signs", async () => {
    expect(await find(names, "cafe")).toEqual(["Café Central"]);
    expect(await find(names, "straße")).toEqual(["STRASSE 7"]);
    expect(await find(names, "東")).toEqual(["東京 12"]);
    expect(await find(names, '<b>&"')).toEqual(['a<b>&"c"']);
  });

  it("gives all names in their order for nothing, and none for what nobody has", async () => {
    expect(await find(names, "  ")).toEqual(names);
    expect(await find(names, "zzz")).toEqual([]);
  });

  it("ranks by the beginning of the name, then of words, then the rest", async () => {
    expect(await find(["xab", "c ab", "ab", "c-ab"], "ab")).toEqual(["ab", "c ab", "c-ab", "xab"]);
  });

  it("finds the same after other searches as at once", async () => {
    expect(await find(names, "n", "no", "nor", "north sk")).toEqual(["Store North SKU-12"]);
    expect(await find(names, "north", "café")).toEqual(["Café Central"]);
    expect(await find(names, "north", "n")).toEqual(await find(names, "n"));
  });

  it("ends with the signal's reason", async () => {
    const search = new NameSearch(Array.from({length: 400_000}, (_, i) => `Series ${i}`));
    const ended = new AbortController();
    const found = search.find("9", ended.signal);
    ended.abort(new Error("typed on"));
    await expect(found).rejects.toThrow("typed on");
    expect((await search.find("399999", never)).length).toBe(1);
  });

  it("finds what looking at each name finds", async () => {
    const text = fc.string({unit: "grapheme", maxLength: 6});
    const letters = fc.string({unit: fc.constantFrom("a", "b", "A", "á", "ß", " ", "-"), maxLength: 5});
    const typed = fc.oneof(letters, text);
    await fc.assert(
      fc.asyncProperty(
        fc.array(typed),
        fc.array(typed, {minLength: 1, maxLength: 4}),
        async (names, queries) => {
          const found = await find(names, ...queries);
          const wanted = words(queries.at(-1)!);
          const expected = names.filter((name) => wanted.every((word) => fold(name).includes(word)));
          expect(found.toSorted()).toEqual(expected.toSorted());
        }
      )
    );
  });
});

describe("foundParts", () => {
  it("marks what was found, in the name as it is written", () => {
    expect(foundParts("Café Central", ["fe", "tr"])).toEqual([
      {text: "Ca", isFound: false},
      {text: "fé", isFound: true},
      {text: " Cen", isFound: false},
      {text: "tr", isFound: true},
      {text: "al", isFound: false}
    ]);
    expect(foundParts("Straße", ["s"])).toEqual([
      {text: "S", isFound: true},
      {text: "traße", isFound: false}
    ]);
    expect(foundParts("👩‍👩‍👧 x", ["x"])).toEqual([
      {text: "👩‍👩‍👧 ", isFound: false},
      {text: "x", isFound: true}
    ]);
  });

  it("never changes the name", async () => {
    const text = fc.string({unit: "grapheme", maxLength: 12});
    await fc.assert(
      fc.asyncProperty(text, text, async (name, query) => {
        const parts = foundParts(name, words(query));
        expect(parts.map((part) => part.text).join("")).toBe(name);
        for (const [i, part] of parts.entries()) expect(part.isFound).not.toBe(parts[i + 1]?.isFound);
      })
    );
  });
});
