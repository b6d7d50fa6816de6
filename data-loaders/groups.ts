// Sources that belong together: all files of a group are of one refresh, or all of the one before.
import {LoadError} from "./error.js";
import type {PlannedFile} from "./planned-file.js";

/** The key of the config that a file's source has; groups name those. */
export function keyOf({request}: PlannedFile): string {
  switch (request.kind) {
    case "model":
      return request.name.slice(0, -request.table.length - 1);
    case "editions":
    case "part":
    case "parts":
      return request.key;
    default:
      return request.name;
  }
}

/** Where a file of a group can't be pulled, the others that have changed aren't renewed either: each gets an error that says so. */
export function keepGroupsTogether(
  planned: readonly PlannedFile[],
  groups: Record<string, readonly string[]>
): void {
  for (const [group, keys] of Object.entries(groups)) {
    const members = planned.filter((file) => keys.includes(keyOf(file)));
    const failed = members.find(({error}) => error !== undefined);
    if (!failed) continue;
    for (const file of members)
      if (file.why !== undefined)
        file.error ??= new LoadError(
          `${file.request.name}: belongs to the group "${group}" with ${keyOf(failed)}, which can't be pulled`
        );
  }
}
