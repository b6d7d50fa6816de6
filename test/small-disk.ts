// A small disk of a test's own, to fill and to free. Only root may mount one.
import {execFileSync} from "node:child_process";
import {closeSync, mkdtempSync, openSync, rmSync, statSync, truncateSync, writeSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {onTestFinished} from "vitest";

/** Whether this user may mount disks: where not, the tests that need one are skipped. */
export const mayMount = process.platform === "linux" && process.getuid?.() === 0 && canMount();

const page = 4096;

function mount(folder: string, megabytes: number): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder], {stdio: "pipe"});
}

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "ikigai-mount-"));
  try {
    mount(folder, 1);
    execFileSync("umount", [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, {recursive: true});
  }
}

export interface SmallDisk {
  folder: string;
  /** Fills it, but for so many blocks of 4 kB. */
  fill: (blocksLeft?: number) => void;
  free: () => void;
  /** Lets it be read only. */
  lock: () => void;
}

/** A disk that is gone when the test is over. */
export function smallDisk(megabytes = 16): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), "ikigai-disk-"));
  mount(folder, megabytes);
  onTestFinished(() => {
    execFileSync("umount", ["--lazy", folder]);
    rmSync(folder, {recursive: true, force: true});
  });
  const filler = join(folder, "filler");
  return {
    folder,
    fill(blocksLeft = 0) {
      const file = openSync(filler, "w");
      try {
        for (;;) writeSync(file, Buffer.alloc(page));
      } catch {
        truncateSync(filler, Math.max(0, statSync(filler).size - blocksLeft * page));
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filler, {force: true}),
    lock: () => void execFileSync("mount", ["-o", "remount,ro", folder])
  };
}
