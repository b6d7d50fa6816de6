// Which of the names that exist was meant by one that doesn't.
import {distance} from "fastest-levenshtein";
import {byName} from "./by-name.js";
import {nameKey} from "./name-key.js";

/** Characters of a name that are compared: a name may come from outside and be of any length. */
const compared = 64;

interface Candidate {
  name: string;
  /** Edits between it and what was written. */
  edits: number;
  /** The length of the longer of the two. */
  length: number;
}

/** Each name once, nearest first; equally near ones in their order. */
function candidates(written: string, names: Iterable<string>): Candidate[] {
  const key = nameKey(written).slice(0, compared);
  return Array.from(new Set(names), (name) => {
    const other = nameKey(name).slice(0, compared);
    return {name, edits: distance(key, other), length: Math.max(key.length, other.length)};
  }).sort((a, b) => a.edits - b.edits);
}

/** Whether it was probably meant: beyond that, a guess would mislead. One letter may always differ: `ag` for `age`. */
const isNear = ({edits, length}: Candidate) => edits <= Math.max(1, Math.ceil(length / 3));

/**
 * `names`, each once, those most like what was written first: by the edits (Levenshtein) between them. Case, blanks, `_` and `-` don't
 * count, nor what comes after the first 64 characters.
 */
export const nearestFirst = (written: string, names: Iterable<string>): string[] =>
  candidates(written, names).map(({name}) => name);

/** The name that was probably meant, or undefined when none is near: at most a third of the letters may differ. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const [nearest] = candidates(written, names);
  return nearest && isNear(nearest) ? nearest.name : undefined;
}

/**
 * The names for an error that says which there are: those that may be meant, nearest first, then the others; equally near ones, and the
 * others, in alphabetical order.
 */
export function listedNearest(
  written: string,
  names: Iterable<string>,
  {most = 10, quote = (name: string) => name} = {}
): string {
  const edits = (candidate: Candidate) => (isNear(candidate) ? candidate.edits : Infinity);
  const sorted = candidates(written, names)
    .sort((a, b) => (edits(a) === edits(b) ? byName(a.name, b.name) : edits(a) - edits(b)))
    .map(({name}) => name);
  const more = sorted.length - most;
  const shown = sorted.slice(0, most).map((name) => quote(name.length > 60 ? `${name.slice(0, 59)}…` : name));
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
