// Why Framework's build failed: its reason, where it came to, and what a loader has printed, out of all that Framework prints.
import {stripVTControlCharacters} from "node:util";

export interface Printed {
  stdout: string;
  stderr: string;
}

/** So many lines of what was printed are told; the last ones, where most programs say why they end. */
const shownLines = 12;

/**
 * What to say about a build that failed without a reason of this kit's own.
 * @param ended how it ended, such as `it ended with exit code 1`
 */
export function failureText(ended: string, printed: Printed): string {
  const [stdout, stderr] = [printed.stdout, printed.stderr].map((text) => stripVTControlCharacters(text));
  // "Unexpected error: …" and a tip come last, after all that others have printed.
  const [, before, reason] = /^([^]*?)^Unexpected error: ([^]*?)(?:\n\n|\n*$)/m.exec(stderr!) ?? [];
  const lines = (before ?? stderr!).split("\n").filter((line) => line.trim() !== "");
  const shown = lines.slice(-shownLines).map((line) => `  ${line}`);
  const left = lines.length - shown.length;
  return [
    `${reason?.trim() ?? ended}${place(stdout!)}`,
    ...(left > 0 ? [`  … ${left} lines before`] : []),
    ...shown
  ].join("\n");
}

/** Framework writes what it begins with, and after an arrow the outcome: what it was at is in its last line. */
function place(stdout: string): string {
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  const [, step] = /^((?:load|copy|build|bundle|page|render|generate) \S+)/.exec(last) ?? [];
  return step === undefined ? "" : ` (at: ${step})`;
}
