// What is looked at before long work: whether a folder can be written, and a file read.
import {mkdir, mkdtemp, rm, symlink, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {checkReadable, checkWritable, diskFault} from "../../lib/disk/index.js";
import {mayMount, smallDisk} from "../small-disk.js";

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "ikigai-disk-"));
  onTestFinished(() => rm(made, {recursive: true}));
  return made;
}

it("finds nothing in a folder, in a link to one, and where one can be made", async () => {
  const root = await folder();
  await mkdir(join(root, "real"));
  await symlink("real", join(root, "link"));
  for (const path of ["", "real", "link", "new/deep", "link/new"])
    await expect(checkWritable(join(root, path))).resolves.toBeUndefined();
});

it("names what stands where a folder should be, however deep it is to be made", async () => {
  const root = await folder();
  await writeFile(join(root, "file"), "");
  await symlink("gone", join(root, "link"));
  for (const below of ["", "/new/deep"]) {
    await expect(checkWritable(join(root, `file${below}`))).rejects.toThrow(
      `can't write into ${root}/file${below}: ${root}/file is a file, and should be a folder. Move it away (ENOTDIR`
    );
    await expect(checkWritable(join(root, `link${below}`))).rejects.toThrow(
      `${root}/link is a symbolic link to gone, which doesn't exist. Remove the link, or make what it points to (ENOENT`
    );
  }
});

it.runIf(mayMount)("names a folder whose disk is read-only", async () => {
  const {folder, lock} = smallDisk();
  lock();
  await expect(checkWritable(join(folder, "new"))).rejects.toThrow(
    `${folder} can't be written: its disk is read-only`
  );
});

it("finds nothing in a file that can be read, and where there is none", async () => {
  const root = await folder();
  await writeFile(join(root, "file"), "");
  for (const path of ["file", "none", "none/deep"])
    await expect(checkReadable(join(root, path))).resolves.toBeUndefined();
});

it("names a folder where a file should be, and a link that leads nowhere, with what to do", async () => {
  const root = await folder();
  await symlink("gone", join(root, "link"));
  const error = await checkReadable(root).catch((error: unknown) => error);
  expect(diskFault(error)).toMatchObject({
    path: root,
    what: `${root} is a folder, and should be a file`,
    fix: "Move it away"
  });
  await expect(checkReadable(join(root, "link"))).rejects.toThrow(
    `can't read ${root}/link: ${root}/link is a symbolic link to gone, which doesn't exist`
  );
  expect(diskFault(new Error("There is no app."))).toBeUndefined();
});
