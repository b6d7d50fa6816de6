// Where the local platform of a project that `init` is about to write keeps its state: in a temporary folder until the project is written.
import {existsSync} from "node:fs";
import {cp, mkdir, mkdtemp, rename, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";

/** A state folder, and whether it stays. */
export interface NewState {
  data: string;
  /** Whether the platform starts from nothing there. */
  isNew: boolean;
  /** Moves it into the project, after the platform has ended. */
  keep: () => Promise<void>;
  /** Removes it, unless it was kept or isn't new. */
  drop: () => Promise<void>;
}

/** The project's folder if it has one, or else a temporary one, so that an `init` that is refused or cancelled leaves nothing in the project. */
export async function newState(root: string): Promise<NewState> {
  const own = join(root, ".ikigai/platform");
  const nothing = () => Promise.resolve();
  if (existsSync(own)) return {data: own, isNew: false, keep: nothing, drop: nothing};
  const data = await mkdtemp(join(tmpdir(), "ikigai-kit-init-"));
  return {
    data,
    isNew: true,
    async keep() {
      // Another command may have started a platform there meanwhile.
      if (existsSync(own)) return;
      await mkdir(dirname(own), {recursive: true});
      // It can't be renamed to another disk.
      await rename(data, own).catch(() => cp(data, own, {recursive: true}));
    },
    drop: () => rm(data, {recursive: true, force: true})
  };
}
