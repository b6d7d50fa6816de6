// Texts as a search compares them: without case, accents and differences of width.

const marks = /\p{M}/gu;
const ascii = /^[ -~]*$/; // most names, which need no more than small letters

/** `Crème Brûlée` and `creme brulee` are alike. */
export const fold = (text: string): string =>
  ascii.test(text)
    ? text.toLowerCase()
    : text.normalize("NFKD").replace(marks, "").toLowerCase().replaceAll("ß", "ss");

/** A search's words: what stands between blanks. */
export const words = (query: string): string[] => fold(query).split(/\s+/u).filter(Boolean);

/** A part of a name, and whether the search found it. */
export interface Part {
  text: string;
  isFound: boolean;
}

/** The name cut into parts that a search for these words found and parts that it didn't. */
export function foundParts(name: string, words: readonly string[]): Part[] {
  const characters = Array.from(new Intl.Segmenter(undefined, {granularity: "grapheme"}).segment(name));
  // Folding may change how long a text is, so the places in it are those of the characters that they were folded from.
  const begins: number[] = [];
  let folded = "";
  for (const {segment} of characters) {
    begins.push(folded.length);
    folded += fold(segment);
  }
  const isFound = new Uint8Array(characters.length);
  for (const word of words) {
    const at = folded.indexOf(word);
    if (at < 0) continue;
    for (const [i, begin] of begins.entries()) {
      const end = begins[i + 1] ?? folded.length;
      if (begin < at + word.length && end > at) isFound[i] = 1;
    }
  }
  const parts: Part[] = [];
  for (const [i, {segment}] of characters.entries()) {
    const last = parts.at(-1);
    if (last && last.isFound === Boolean(isFound[i])) last.text += segment;
    else parts.push({text: segment, isFound: Boolean(isFound[i])});
  }
  return parts;
}
