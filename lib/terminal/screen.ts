// Where the text goes, and what keeps a line of it in one row.

/** `process.stderr`, or a stand-in in a test. */
export interface Screen {
  /** Writes the text as it is: lines end in "\n", and in a terminal control sequences move the cursor. */
  write(text: string): unknown;
  /** Whether it is a terminal, where a line can be written over. */
  isTTY?: boolean;
  /** The terminal's width in characters; 80 when it doesn't say. */
  columns?: number;
}

/** What takes two columns: East Asian scripts, their punctuation and full-width forms, and emoji. */
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60]|\p{Emoji_Presentation}/u;
const letters = new Intl.Segmenter();

/** As much of the text as fits into so many columns: a line that wraps couldn't be cleared. */
export function clipped(text: string, columns: number): string {
  let width = 0;
  let end = 0;
  for (const {segment} of letters.segment(text)) {
    width += wide.test(segment) ? 2 : 1;
    if (width > columns) break;
    end += segment.length;
  }
  return text.slice(0, end);
}

/** The text on one line: names and messages come from elsewhere, and must not move the cursor or clear the screen. */
export const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
