// Says before long work that its result couldn't be written.
import {access, constants} from "node:fs/promises";
import {dirname} from "node:path";
import {reasonOf} from "./reason.js";

/** Throws an Error that names the fix where nothing can be written into a folder, or where the folder can't be made. */
export async function checkWritable(folder: string): Promise<void> {
  for (let part = folder; ; part = dirname(part)) {
    try {
      return await access(part, constants.W_OK | constants.X_OK);
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT" && dirname(part) !== part;
      if (!isMissing) throw new Error(`can't write into ${folder}: ${reasonOf(error)}`, {cause: error});
    }
  }
}
