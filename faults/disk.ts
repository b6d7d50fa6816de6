// The disk is full, or read-only. Both need a disk of their own, which only root can mount.
import {execFile} from "node:child_process";
import {mkdir, statfs} from "node:fs/promises";
import {dirname, join} from "node:path";
import {promisify} from "node:util";
import {shortened, type Table} from "./matrix.js";
import type {Subject} from "./subject.js";
import {tryOut} from "./trial.js";

const run = promisify(execFile);
const size = "256m";

/** Makes a folder a small disk of its own; false where that isn't allowed. */
export async function mountDisk(folder: string): Promise<boolean> {
  await mkdir(folder, {recursive: true});
  return run("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]).then(
    () => true,
    () => false
  );
}

/** At once for those who look for it, though a process that is ending may still have a file open. */
export const unmountDisk = (folder: string) => run("umount", ["--lazy", folder]);

/** How many more kB fit where the next step is tried. */
const nextFree = (kilobytes: number, isShort: boolean) =>
  isShort ? Math.max(16, kilobytes * 3) : kilobytes + (kilobytes < 128 ? 8 : 32);

export async function fullDisk(
  subject: Subject,
  {isShort, log}: {isShort: boolean; log: (line: string) => void}
): Promise<{table: Table; problems: string[]}> {
  const {root} = subject;
  const problems: string[] = [];
  const rows: string[][] = [];
  const tmp = join(root, "tmp");
  await mkdir(tmp, {recursive: true});
  for (let free = 0, isDone = false; !isDone && free < 100_000; free = nextFree(free, isShort)) {
    await subject.change();
    const {
      cell,
      problems: found,
      outcome
    } = await tryOut(subject, {
      name: `a disk with ${free} kB left`,
      async during() {
        await fillDisk(root, free);
        return subject.command(["publish"], {env: {TMPDIR: tmp}});
      },
      after: () => freeDisk(root),
      says: /space|ENOSPC|disk full/i
    });
    problems.push(...found);
    const line = lineOf(outcome.message, /space|ENOSPC|full/i);
    rows.push([`${free} kB`, cell, shortened(line, root)]);
    log(`${free} kB left: ${cell} ${line}`);
    isDone = outcome.code === 0 && found.length === 0 && line === "";
  }
  return {
    table: {
      title: "A full disk",
      about:
        "The project, its cache, its editions and the folder for temporary files are on a disk with little space left when the command starts.",
      columns: ["left", "outcome", "what is printed"],
      rows
    },
    problems
  };
}

/** The line of the error, or else of a warning. */
function lineOf(message: string, about: RegExp): string {
  const lines = message.split("\n").filter((line) => about.test(line));
  return lines.find((line) => line.startsWith("ikigai-kit:")) ?? lines[0] ?? "";
}

async function usedBytes(folder: string): Promise<number> {
  const {blocks, bfree, bsize} = await statfs(folder);
  return (blocks - bfree) * bsize;
}

/** Leaves so many kB. */
export const fillDisk = async (folder: string, kilobytes: number) =>
  resize(folder, `${Math.ceil((await usedBytes(folder)) / 1024) + kilobytes}k`);

/** The disk has its first size again. */
export const freeDisk = (folder: string) => resize(folder, size);

const resize = (folder: string, to: string) => run("mount", ["-o", `remount,size=${to}`, folder]);

/** A folder that nothing can be written into. */
export async function readOnly(
  subject: Subject,
  {log}: {log: (line: string) => void}
): Promise<{rows: string[][]; problems: string[]}> {
  const problems: string[] = [];
  const rows: string[][] = [];
  const folders: [string, string][] = [
    ["the folder of the site is read-only", dirname(subject.site)],
    ["the cache is read-only", subject.cache],
    ["the whole project is read-only", subject.root]
  ];
  for (const [name, folder] of folders) {
    await subject.change();
    const {
      cell,
      problems: found,
      outcome
    } = await tryOut(subject, {
      name,
      async during() {
        await run("mount", ["--bind", folder, folder]);
        await run("mount", ["-o", "remount,ro,bind", folder]);
        return subject.command(["publish"]);
      },
      after: () => run("umount", [folder]),
      says: /EROFS|read-only/i,
      codes: [1]
    });
    problems.push(...found);
    const line = lineOf(outcome.message, /EROFS|read-only/i);
    rows.push([name, cell, shortened(line, subject.root)]);
    log(`${name}: ${cell} ${line}`);
  }
  return {rows, problems};
}
