// The pattern of a text variable: the same texts match as in a browser, in time that no text can stretch.
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {matchesPattern, patternFault} from "../../lib/config/pattern.js";

describe("a pattern", () => {
  it.each([
    ["(\\w+\\s?)+"],
    ["(a+)+"],
    ["(a|a)*"],
    ["(a|aa)+"],
    ["(.*)*"],
    ["(a*)*(a*)*"],
    ["([a-zA-Z]+)*"],
    ["(a?){50}a{50}"],
    ["(\\w*)*[^a]"]
  ])("%s doesn't hold up a long text that nearly matches", (source) => {
    expect(patternFault(source)).toBeUndefined();
    // An engine that backtracks wouldn't come back from any of these.
    expect(matchesPattern(source, `${"a".repeat(3_999)}!`)).toBe(["(.*)*", "(\\w*)*[^a]"].includes(source));
  });

  it.each([
    ["(", "is not a regular expression"],
    ["(?=a)b", "because of (?=;"],
    ["a(?!b)", "because of (?!;"],
    ["(?<=a)b", "because of (?<=a)b;"],
    ["(a)\\1", "because of \\1;"],
    ["a{1,2000}", "because of {1,2000};"],
    ["[\\p{L}--[a-z]]", "because of sets in sets;"],
    ["[\\w&&\\d]", "because of sets in sets;"],
    ["[a[bc]]", "because of sets in sets;"],
    ["[\\q{abc}]", "because of sets in sets;"],
    ["\\p{Script=Greek}", "scripts as \\p{Greek}"]
  ])("%s is refused with the reason", (source, reason) => {
    expect(patternFault(source)).toContain(reason);
  });

  it.each([
    ["[A-Z]{3}", "ABC", true],
    ["[A-Z]{3}", "xABCx", false],
    ["a|bc", "abc", false],
    ["\\u00e9\\u{1F600}", "é😀", true],
    ["[\\[\\]a]+", "[a]", true],
    ["(?<year>\\d{4})-\\d\\d", "2024-05", true]
  ])("%s as a form has it, for %j: %s", (source, text, isMatch) => {
    expect(matchesPattern(source, text)).toBe(isMatch);
    expect(new RegExp(`^(?:${source})$`, "v").test(text)).toBe(isMatch);
  });

  it("matches what a browser's does", () => {
    const atom = fc.constantFrom("a", "b", "\\d", "\\w", "[^b]", "[a-c1]", "é", "\\.", "\\b");
    const quantified = fc
      .tuple(atom, fc.constantFrom("", "*", "+", "?", "{2}", "{1,3}", "+?"))
      .map(([a, q]) => (a === "\\b" ? a : a + q));
    const sequence = fc.array(quantified, {minLength: 1, maxLength: 3}).map((parts) => parts.join(""));
    const source = fc
      .array(sequence, {minLength: 1, maxLength: 2})
      .map((options) => `(?:${options.join("|")})?x*`);
    const text = fc.string({
      unit: fc.constantFrom("a", "b", "c", "1", "é", ".", "x", " ", "😀"),
      maxLength: 8
    });
    fc.assert(
      fc.property(source, text, (source, text) => {
        expect(patternFault(source)).toBeUndefined();
        expect(matchesPattern(source, text)).toBe(new RegExp(`^(?:${source})$`, "v").test(text));
      }),
      {numRuns: 2000}
    );
  });
});
