// What a disk refuses, as a user reads it.
import {mkdir, mkdtemp, readFile, readdir, rename, rm, symlink, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import {describe, expect, it, onTestFinished} from "vitest";
import {reasonOf} from "../../lib/disk/index.js";

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "ikigai-disk-"));
  onTestFinished(() => rm(made, {recursive: true}));
  return made;
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable("it should fail"),
    (error: unknown) => error
  );

describe("reasonOf", () => {
  it.each<[string, (file: string) => Promise<unknown>]>([
    ["a folder is to be made below it", (file) => mkdir(join(file, "a", "b"), {recursive: true})],
    ["a folder is to be made in its place", (file) => mkdir(file, {recursive: true})],
    ["it is listed", (file) => readdir(file)],
    ["a file is to be written below it", (file) => writeFile(join(file, "a"), "")],
    ["something is to be moved below it", (file) => rename(file, join(file, "a"))]
  ])("names the file that stands where a folder should, where %s", async (_, work) => {
    const file = join(await folder(), "editions");
    await writeFile(file, "");
    const error = await failure(work(file));
    expect(reasonOf(error)).toMatch(
      new RegExp(`^${file} is a file, and should be a folder\\. Move it away \\((?:ENOTDIR|EEXIST)`)
    );
  });

  it("names the folder that stands where a file should", async () => {
    const path = await folder();
    expect(reasonOf(await failure(writeFile(path, "")))).toBe(
      `${path} is a folder, and should be a file. Move it away (EISDIR)`
    );
  });

  it("names the folder for temporary files that isn't there", async () => {
    const path = join(await folder(), "gone");
    const error = await failure(mkdtemp(join(path, "ikigai-kit-")));
    expect(reasonOf(error)).toMatch(
      new RegExp(`^there is no folder ${path} for temporary files\\. Make it, or set TMPDIR .*\\(ENOENT`)
    );
    const other = await failure(readFile(join(path, "a")));
    expect(reasonOf(other)).toBe((other as Error).message);
  });

  it.each<[string, (path: string) => Promise<unknown>]>([
    ["it is read", (path) => readFile(path)],
    ["a folder is to be made in its place", (path) => mkdir(path, {recursive: true})],
    ["something is written below it", (path) => writeFile(join(path, "a"), "")]
  ])("names a link that leads nowhere, where %s", async (_, work) => {
    const path = join(await folder(), "a");
    await symlink("gone", path);
    expect(reasonOf(await failure(work(path)))).toContain(
      `${path} is a symbolic link to gone, which doesn't exist. Remove the link, or make what it points to (ENOENT`
    );
  });

  it("names the file below a link to a folder, and not the link", async () => {
    const root = await folder();
    const [link, file] = [join(root, "link"), join(root, "link/file")];
    await mkdir(join(root, "real"));
    await symlink("real", link);
    await writeFile(file, "");
    const error = await failure(mkdir(join(file, "a"), {recursive: true}));
    expect(reasonOf(error)).toContain(`${file} is a file, and should be a folder. Move it away`);
  });

  it.each<[string, (path: string) => Promise<unknown>]>([
    ["it is read", (path) => readFile(path)],
    ["a folder is to be made in its place", (path) => mkdir(path)],
    ["something is read below it", (path) => readFile(join(path, "b"))],
    ["a folder is to be made below it", (path) => mkdir(join(path, "b"), {recursive: true})]
  ])("names a link that leads to itself, where %s", async (_, work) => {
    const path = join(await folder(), "a");
    await symlink(path, path);
    expect(reasonOf(await failure(work(path)))).toContain(
      `${path} is a symbolic link that leads back to itself. Remove it (`
    );
  });

  // These need another user or a disk of their own; `npm run faults` makes a disk that is full or read-only.
  it.each([
    ["ENOSPC", /^the disk is full\. Free some space, or set TMPDIR .* \(ENOSPC: \/p\/x\)$/],
    ["EDQUOT", /^the disk is full\./],
    ["EFBIG", /^the disk is full\./],
    ["EACCES", /^this user has no permission for \/p\/x\. .*chown, chmod\) \(EACCES\)$/],
    ["EPERM", /^this user has no permission for \/p\/x\./],
    ["EROFS", /^\/p\/x can't be written: its disk is read-only\. Mount it .* \(EROFS\)$/],
    ["EMFILE", /^too many files are open to open \/p\/x\. .*ulimit -n/],
    ["EIO", /^the disk can't read or write \/p\/x\./],
    ["EXDEV", /^\/p\/x can't be moved to another disk\./]
  ])("says %s in a sentence with the path and the fix", (code, sentence) => {
    const error = Object.assign(new Error(`${code}: some words`), {code, syscall: "open", path: "/p/x"});
    expect(reasonOf(error)).toMatch(sentence);
  });

  it("understands DuckDB, too", async () => {
    const file = join(await folder(), "a");
    await writeFile(file, "");
    const error = await failure(DuckDBInstance.create(join(file, "lock")));
    expect(reasonOf(error)).toMatch(/\/a is a file, and should be a folder\. Move it away \(ENOTDIR/);
    const words = 'IO Error: Could not write file "/p/x": No space left on device';
    expect(reasonOf(new Error(words))).toMatch(/^the disk is full\. .*\(ENOSPC: \/p\/x\)$/);
  });

  it("leaves other errors as they are, also those of the network with the same codes", () => {
    expect(reasonOf(new Error("There is no app."))).toBe("There is no app.");
    const refused = Object.assign(new Error("connect EACCES 10.0.0.1"), {code: "EACCES", syscall: "connect"});
    expect(reasonOf(refused)).toBe("connect EACCES 10.0.0.1");
    const missing = Object.assign(new Error("ENOENT: no such file"), {code: "ENOENT", syscall: "open"});
    expect(reasonOf(missing)).toBe("ENOENT: no such file");
    expect(reasonOf("out of luck")).toBe("out of luck");
  });
});
