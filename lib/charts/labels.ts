// Short labels for long names: never two alike in one chart, and never cut within a letter that people see as one.

const segmenter = new Intl.Segmenter("en", {granularity: "grapheme"});
const ascii = /^[ -~]*$/;

/** What people see as letters: an emoji of several code points is one, and so is a letter with its accents. */
export const letters = (text: string): string[] =>
  ascii.test(text) ? [...text] : Array.from(segmenter.segment(text), ({segment}) => segment);

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/u;

/** How wide a letter is at most in the usual sans-serif fonts, as a share of the font's size. */
function letterWidth(letter: string): number {
  if (/^[ijl.,:;'|!()[\]]/.test(letter)) return 0.32;
  if (/^[mwMW@%—…]/.test(letter)) return 0.92;
  if (/^[A-Z&#+=<>~]/.test(letter)) return 0.72;
  if (wide.test(letter)) return 1.3;
  return 0.58;
}

/** About how wide a text is, in pixels; no less than it is in fonts such as Inter. */
export const textWidth = (text: string, fontSize = 12): number =>
  letters(text).reduce((sum, letter) => sum + letterWidth(letter), 0) * fontSize;

/** What stands for a name that is empty. */
export const unnamed = "(no name)";

/** Line breaks and other spaces as one space, as they would not fit a label. */
const plain = (name: string) => name.replace(/[\s\p{Cc}]+/gu, " ").trim() || unnamed;

/**
 * A label for each name that fits this many pixels, if the names allow it: names that fit stay whole, and others are cut in their
 * middle, at the same place if that keeps them distinct, else where they differ, else with a number. Different names never
 * have the same label.
 */
export function distinctLabels(
  names: Iterable<string>,
  width: number,
  fontSize = 12,
  fits = (text: string) => textWidth(text, fontSize) <= width
): Map<string, string> {
  const all = [...new Set(names)];
  const texts = all.map(plain);
  const isLong = texts.map((text) => !fits(text));
  for (const share of [0.5, 0.3, 0.7]) {
    const labels = texts.map((text, i) =>
      isLong[i] ? cutMiddle(letters(text), width, share, fontSize) : text
    );
    if (new Set(labels).size === all.length) return new Map(all.map((name, i) => [name, labels[i]!]));
  }
  return new Map(numbered(all, differing(texts, isLong, width, fontSize)));
}

/**
 * How much room names beside bars or dots may take of a chart this wide, with the space to the bars. In a narrow chart it is a larger
 * share, for there a cut name says less than a longer bar would.
 */
export const nameRoom = (width: number): number =>
  Math.round(Math.max(width * 0.35, Math.min(width * 0.5, 150)));

/**
 * A label as one line, or as two if it is wider than this many pixels: split between words where both lines fit and are most alike;
 * undefined if there is no such place.
 */
export function twoLines(label: string, width: number): string[] | undefined {
  if (textWidth(label) <= width) return [label];
  const all = letters(label);
  const places = all.flatMap((letter, i) => (/[\s\-_/.,;:…]/.test(letter) && all[i + 1] ? [i + 1] : []));
  const [best] = places
    .map((place) => ({
      lines: partedAt(all, place),
      widest: Math.max(...partedAt(all, place).map((line) => textWidth(line)))
    }))
    .filter(({widest}) => widest <= width)
    .sort((a, b) => a.widest - b.widest);
  return best?.lines;
}

/** The same, split within a word where the first line is full if there is no place between words. */
export const wrapped = (label: string, width: number): string[] =>
  twoLines(label, width) ?? partedAt(letters(label), upTo(letters(label), width / 12).length);

const partedAt = (all: string[], place: number): string[] => [
  all.slice(0, place).join("").trimEnd(),
  all.slice(place).join("").trimStart()
];

/** The start and the end of a text with "…" between them; `share` is the start's share of the width. */
function cutMiddle(text: string[], width: number, share: number, fontSize: number): string {
  const room = width / fontSize - letterWidth("…");
  const head = upTo(text, room * share);
  const tail = upTo([...text].reverse(), room - widthOf(head)).reverse();
  return `${head.join("").trimEnd()}…${tail.join("").trimStart()}`;
}

const widthOf = (some: string[]) => some.reduce((sum, letter) => sum + letterWidth(letter), 0);

/** The first letters that fit, at least one. */
function upTo(text: string[], room: number): string[] {
  let used = 0;
  const end = text.findIndex((letter) => (used += letterWidth(letter)) > room);
  return text.slice(0, end === -1 ? text.length : Math.max(1, end));
}

/** Labels of what comes after the letters that all long names begin with. */
function differing(texts: string[], isLong: boolean[], width: number, fontSize: number): string[] {
  const long = texts.flatMap((text, i) => (isLong[i] ? [letters(text)] : []));
  const [first = []] = long;
  let same = first.length;
  for (const other of long) while (same > 0 && !startsAlike(first, other, same)) --same;
  return texts.map((text, i) => {
    if (!isLong[i]) return text;
    const rest = letters(text).slice(same);
    const room = width / fontSize - 2 * letterWidth("…");
    const shown = upTo(rest, room);
    return `…${shown.join("")}${shown.length < rest.length ? "…" : ""}`;
  });
}

const startsAlike = (a: string[], b: string[], length: number) => {
  for (let i = 0; i < length; ++i) if (a[i] !== b[i]) return false;
  return true;
};

/** The same labels, with a number after those that are alike. */
function numbered(names: string[], labels: string[]): [string, string][] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const taken = new Set(labels);
  const last = new Map<string, number>();
  return names.map((name, i) => {
    const label = labels[i]!;
    if (counts.get(label) === 1) return [name, label];
    let number = last.get(label) ?? 0;
    let unique;
    do unique = `${label} #${++number}`;
    while (taken.has(unique));
    last.set(label, number);
    taken.add(unique);
    return [name, unique];
  });
}

/** A name for a line of text beside other words, where letters that are read from the right would move them. */
export const isolated = (name: string): string =>
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(name) ? `\u2068${name}\u2069` : name;
