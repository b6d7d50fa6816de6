// Names and their spellings: `AI_CAST`, `AiCast` and "Ai Cast" are one name, and `target_column` is `targetColumn`.

/** What all spellings of a name have in common: its letters and digits, in lower case. */
export const nameKey = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, "");

/** TypeScript's spelling of an argument's name: `target_column` becomes `targetColumn`. */
export const camelName = (name: string): string =>
  name.replace(/_+(.?)/gu, (_, letter: string) => letter.toUpperCase());

/** Each word's first letter in upper case and the others in lower case, as help heads a facet: `Free_Form_Sql`. */
export const titleName = (name: string): string =>
  name.replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());

/** The name that was probably meant, or undefined when none is near: at most a third of its letters differ. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const key = nameKey(written);
  const [nearest] = names
    .map((name) => ({name, edits: edits(key, nameKey(name))}))
    .sort((a, b) => a.edits - b.edits);
  if (!nearest) return undefined;
  return nearest.edits <= Math.max(1, Math.ceil(key.length / 3)) ? nearest.name : undefined;
}

/** Levenshtein's distance: how many letters to insert, drop or change. */
function edits(a: string, b: string): number {
  let row = Array.from({length: b.length + 1}, (_, j) => j);
  for (let i = 1; i <= a.length; ++i) {
    const next = [i];
    for (let j = 1; j <= b.length; ++j) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** With its first letter in upper case. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `a, b and c`. */
export const listed = (names: readonly string[], last = "and"): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
