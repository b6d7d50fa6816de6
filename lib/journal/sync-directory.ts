// Syncs a folder to disk, so that its file names last.
import {open} from "node:fs/promises";

/** Makes renames and new names in a folder survive a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
