import {expect, it} from "vitest";
import {findWords, words} from "./words.js";

const found = (text: string) => findWords(text).map(({line, word}) => `${line} ${word}`);

it("finds words in any case, and their forms", () => {
  expect(found("A value was foretold.\nMend it; it is mended.\n// Whoever asks")).toEqual([
    "1 foretold",
    "2 Mend",
    "2 mended",
    "3 Whoever"
  ]);
});

it("finds a phrase across the lines of a comment", () => {
  expect(found("/**\n * The users who\n * may start it.\n */")).toEqual(["2 who may"]);
  expect(found("// It must be\n// told of it.")).toEqual(["2 told of"]);
});

it("leaves parts of other words, and what is usual", () => {
  expect(
    found("recommend, amendment, marshall, needed, departed, there is no file of this name, nobody")
  ).toEqual([]);
});

it("says what to write instead, for each", () => {
  for (const [, instead] of words) expect(instead.length).toBeGreaterThan(0);
  expect(findWords("is no file of the site")[0]!.instead).toBe("is not a … of");
});
