// What a command is about to write, as lines.
import type {Change} from "../start/index.js";

/** A line for each file that is new, changed or stays as it is, from the project's folder. */
export const changeLines = (changes: readonly Change[]): string[] =>
  changes.flatMap(({kind, path, notes}) => {
    switch (kind) {
      case "same":
        return [];
      case "new":
        return [`  + ${path}`];
      case "changed":
        return [`  ~ ${path}: adds ${notes.join("; ")}`];
      case "kept":
        return [
          `  ! ${path} stays as it is: ${notes.length > 0 ? `it keeps ${notes.join(", ")}` : "it has other content"}`
        ];
    }
  });

/** Whether there is something to write. */
export const hasWork = (changes: readonly Change[]): boolean =>
  changes.some(({kind}) => kind === "new" || kind === "changed");

/** Whether a file stays though the plan is another. */
export const hasKept = (changes: readonly Change[]): boolean => changes.some(({kind}) => kind === "kept");

/** The pages name files that only the new config gives. */
export function refuseOtherConfig(changes: readonly Change[]): void {
  if (!changes.some(({kind, path}) => kind === "kept" && path === "ikigai.config.ts")) return;
  throw new Error(
    "there is an ikigai.config.ts already, and it stays as it is. Add to it: ikigai-kit add dataset NAME; or remove it to start again"
  );
}
