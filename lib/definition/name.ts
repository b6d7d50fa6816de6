// Names and their spellings: `AI_CAST`, `AiCast` and "Ai Cast" are one name, and `target_column` is `targetColumn`.
import {distance} from "fastest-levenshtein";

/** What all spellings of a name have in common: its letters and digits, in lower case. */
export const nameKey = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, "");

/** TypeScript's spelling of an argument's name: `target_column` becomes `targetColumn`. */
export const camelName = (name: string): string =>
  name.replace(/_+(.?)/gu, (_, letter: string) => letter.toUpperCase());

/** Each word's first letter in upper case and the others in lower case, as help heads a facet: `Free_Form_Sql`. */
export const titleName = (name: string): string =>
  name.replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());

/** `names`, each once, those most like what was written first: by the edits between them, where case doesn't count. */
export function nearestFirst(written: string, names: Iterable<string>): string[] {
  return [...new Set(names)].sort((a, b) => edits(written, a) - edits(written, b));
}

/** The name that was probably meant, or undefined when none is near: at most a third of its letters differ. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const [nearest] = nearestFirst(written, names);
  return nearest !== undefined && edits(written, nearest) <= Math.max(1, Math.ceil(written.length / 3))
    ? nearest
    : undefined;
}

const edits = (a: string, b: string) => distance(a.toLowerCase(), b.toLowerCase());

/** With its first letter in upper case. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `a, b and c`. */
export const listed = (names: readonly string[], last = "and"): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
