// Says before long work that its result couldn't be written, or that what it needs can't be read.
import {access, constants, lstat, stat} from "node:fs/promises";
import {dirname} from "node:path";
import {reasonOf} from "./reason.js";

/** Throws an Error that names the fix where nothing can be written into a folder, or where the folder can't be made. */
export async function checkWritable(folder: string): Promise<void> {
  for (let part = folder; ; part = dirname(part)) {
    try {
      if (!(await stat(part)).isDirectory()) throw refusal("ENOTDIR", part);
      return await access(part, constants.W_OK | constants.X_OK);
    } catch (error) {
      const isBelow = isNotThere(error) ? !(await isLink(part)) : isBelowFile(error);
      if (!isBelow || dirname(part) === part)
        throw new Error(`can't write into ${folder}: ${reasonOf(error)}`, {cause: error});
    }
  }
}

/** Throws an Error that names the fix where there is a file that can't be read. */
export async function checkReadable(file: string): Promise<void> {
  try {
    if ((await stat(file)).isDirectory()) throw refusal("EISDIR", file);
    await access(file, constants.R_OK);
  } catch (error) {
    if (isNotThere(error) && !(await isLink(file))) return;
    throw new Error(`can't read ${file}: ${reasonOf(error)}`, {cause: error});
  }
}

const isNotThere = (error: unknown) => (error as NodeJS.ErrnoException).code === "ENOENT";

const isBelowFile = (error: unknown) => {
  const {code, syscall} = error as NodeJS.ErrnoException;
  return code === "ENOTDIR" && syscall === "stat";
};

const isLink = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false
  );

/** As the operating system would say it. */
const refusal = (code: string, path: string) => Object.assign(new Error(code), {code, path});
