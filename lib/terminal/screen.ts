// Where the text goes, and what keeps a line of it in one row.
import cliTruncate from "cli-truncate";

/** `process.stderr`, or a stand-in in a test. */
export interface Screen {
  /** Writes the text as it is: lines end in "\n", and in a terminal control sequences move the cursor. */
  write(text: string): unknown;
  /** Whether it is a terminal, where a line can be written over. */
  isTTY?: boolean;
  /** The terminal's width in characters; 80 when it doesn't say. */
  columns?: number;
}

/** As much of the text as fits into so many columns: a line that wraps couldn't be cleared. */
export const clipped = (text: string, columns: number): string => cliTruncate(text, columns);

/** The text on one line: names and messages come from elsewhere, and must not move the cursor or clear the screen. */
export const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
