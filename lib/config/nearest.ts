// The nearest of some names to a misspelt one.
import {distance} from "fastest-levenshtein";

/** Sorts names by how near they are to what was written, nearest first: fewest edits, case and separators aside. */
export const byNearness = (written: string, names: Iterable<string>): string[] =>
  [...names].sort((a, b) => edits(written, a) - edits(written, b));

/** The name that was probably meant, or undefined where none is near. */
export function nearest(written: string, names: Iterable<string>): string | undefined {
  const [name] = byNearness(written, names);
  if (name === undefined) return undefined;
  // A third of the letters wrong is still a misspelling; beyond that, a guess would mislead.
  const limit = Math.max(1, Math.ceil(Math.max(written.length, name.length) / 3));
  return edits(written, name) <= limit ? name : undefined;
}

const edits = (a: string, b: string) => distance(plain(a), plain(b));

const plain = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, "");
