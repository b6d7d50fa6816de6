// A disk that is full from a write on that a test chooses: the calls of Node's file system that need room are counted.
import fs from "node:fs";
import {open} from "node:fs/promises";
import {syncBuiltinESMExports} from "node:module";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {onTestFinished} from "vitest";

export interface CountedWrites {
  /** How many there were since the last `fullFrom`. */
  count: () => number;
  /** From the n-th write from now on, counted from 1, each fails with ENOSPC. */
  fullFrom: (n: number) => void;
  free: () => void;
}

type Call = (...args: unknown[]) => Promise<unknown>;

/** Counts the writes below a folder until the test is over; a file is counted by its handle, too. What native code writes isn't seen. */
export async function countedWrites(folder: string): Promise<CountedWrites> {
  let count = 0;
  let full = Infinity;
  const handles = new WeakSet<object>();
  const restore: (() => void)[] = [];
  const refused = (name: string) =>
    Object.assign(new Error(`ENOSPC: no space left on device, ${name}`), {code: "ENOSPC", syscall: name});
  const counted = (name: string): void => {
    if (++count >= full) throw refused(name);
  };
  function replace(
    object: object,
    name: string,
    around: (call: Call, self: unknown, args: unknown[]) => unknown
  ): void {
    const methods = object as Record<string, Call>;
    const call = methods[name]!;
    methods[name] = async function (this: unknown, ...args) {
      return around(call, this, args);
    };
    restore.push(() => (methods[name] = call));
  }
  const isBelow = (path: unknown) => String(path).startsWith(folder);

  for (const name of [
    "writeFile",
    "appendFile",
    "mkdir",
    "mkdtemp",
    "symlink",
    "link",
    "rename",
    "copyFile"
  ]) {
    const at = ["symlink", "link", "rename", "copyFile"].includes(name) ? 1 : 0;
    replace(fs.promises, name, (call, self, args) => {
      if (isBelow(args[at])) counted(name);
      return call.apply(self, args);
    });
  }
  replace(fs.promises, "open", async (call, self, args) => {
    const flags = (args[1] ?? "r") as string;
    if (isBelow(args[0]) && /[wa+]/.test(flags)) counted("open");
    const handle = (await call.apply(self, args)) as object;
    if (isBelow(args[0])) handles.add(handle);
    return handle;
  });
  const probe = await open(join(tmpdir()), "r");
  const prototype = Object.getPrototypeOf(probe) as object;
  await probe.close();
  for (const name of ["write", "writev", "writeFile", "appendFile"]) {
    replace(prototype, name, (call, self, args) => {
      if (handles.has(self as object)) counted(name);
      return call.apply(self, args);
    });
  }
  syncBuiltinESMExports();
  onTestFinished(() => {
    for (const one of restore) one();
    syncBuiltinESMExports();
  });
  return {
    count: () => count,
    fullFrom(n) {
      count = 0;
      full = n;
    },
    free: () => void (full = Infinity)
  };
}
