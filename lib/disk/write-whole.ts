// Writes a file whole or not at all.
import {mkdir, rename, rm, writeFile} from "node:fs/promises";
import {dirname} from "node:path";
import {reasonOf} from "./reason.js";

/** Puts the content beside the file first: a reader of the file never sees half of it, and after an error it is unchanged. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const aside = `${file}.${process.pid}.part`;
  try {
    await mkdir(dirname(file), {recursive: true});
    await writeFile(aside, content);
    await rename(aside, file);
  } catch (error) {
    await rm(aside, {force: true});
    throw new Error(`can't write ${file}: ${reasonOf(error)}`, {cause: error});
  }
}
