// Directories: where one may put something.
import {notFound} from "./error.js";
import type {DirectoryType} from "./records.js";
import type {State} from "./state.js";

/**
 * The id of a directory that something of this kind may be put in, "" being the root. Directories of apps belong to a
 * user, all others to an app: `place` names whichever it is.
 */
export function directoryOf(state: State, directoryId: string, type: DirectoryType, place: string): string {
  if (directoryId === "") return "";
  const directory = state.tables.directories.get(directoryId);
  const belongs = directory && (type === "PROJECT" ? directory.owner : directory.appId) === place;
  if (!belongs || directory.type !== type) throw notFound("Directory");
  return directoryId;
}
