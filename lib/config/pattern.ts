// The pattern of a text variable, matched in time that grows with the text alone: a viewer chooses the text.
import {RE2JS} from "re2js";

/** Every pattern is one of a config's, so there are few. */
const compiled = new Map<string, RE2JS>();

function compile(source: string): RE2JS {
  let pattern = compiled.get(source);
  if (!pattern) {
    // The same flag as that of an HTML field's pattern, which the form checks with.
    pattern = RE2JS.compile(RE2JS.translateRegExp(new RegExp(source, "v")));
    compiled.set(source, pattern);
  }
  return pattern;
}

/** Whether it has `[a[b]]`, `[a--b]`, `[a&&b]` or `[\q{ab}]`, whose characters RE2 would take as they stand. */
function hasSetsInSets(source: string): boolean {
  let isInSet = false;
  for (let i = 0; i < source.length; ++i) {
    const character = source[i]!;
    if (character === "\\") {
      if (source[++i] === "q") return true;
    } else if (!isInSet) isInSet = character === "[";
    else if (character === "]") isInSet = false;
    else if (character === "[" || ["--", "&&"].includes(source.slice(i, i + 2))) return true;
  }
  return false;
}

/** Whether the whole text matches the pattern, which `patternFault` has found nothing wrong with. */
export const matchesPattern = (source: string, text: string): boolean => compile(source).testExact(text);

/** What is wrong with a pattern, without its subject; undefined when nothing is. */
export function patternFault(source: string): string | undefined {
  try {
    new RegExp(source, "v");
  } catch {
    return "is not a regular expression";
  }
  if (hasSetsInSets(source)) return unbounded("sets in sets");
  try {
    compile(source);
    return undefined;
  } catch (error) {
    return unbounded(/`(.*)`/s.exec((error as Error).message)?.[1] ?? source);
  }
}

const unbounded = (part: string) =>
  `can't be checked in bounded time, because of ${part}; write it without lookahead, lookbehind, backreferences, sets in sets and ` +
  "more than 1,000 repeats, and scripts as \\p{Greek}. Or take choices";
