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
        return [`  ~ ${path}: adds ${notes.join(", ")}`];
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
