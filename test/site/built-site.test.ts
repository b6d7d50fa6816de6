// The folder of the finished site: whole at every moment, wherever the config wants it.
import {existsSync} from "node:fs";
import {mkdir, readdir, readFile, rename, symlink, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it, onTestFinished} from "vitest";
import {buildFolder, checkOutput, putInPlace, restoreSite} from "../../lib/site/built-site.js";
import {remove, temporaryFolder} from "../cli/project.js";

describe("the site's folder", () => {
  const project = async () => {
    const root = await temporaryFolder();
    onTestFinished(() => remove(root));
    const folders = {root, source: join(root, "src"), output: join(root, "dist")};
    const built = async (text: string) => {
      const folder = await buildFolder(root);
      await mkdir(folder, {recursive: true});
      await writeFile(join(folder, "index.html"), text);
      return folder;
    };
    const shown = () => readFile(join(folders.output, "index.html"), "utf8");
    return {root, folders, built, shown};
  };

  it("is replaced as a whole, and nothing else is left", async () => {
    const {root, folders, built, shown} = await project();
    for (const text of ["first", "second"]) {
      const folder = await built(text);
      await putInPlace(folders, folder);
      expect(await shown()).toBe(text);
      expect(existsSync(folder)).toBe(false);
    }
    expect(existsSync(join(root, ".ikigai/build/before"))).toBe(false);
  });

  it("is brought back when the process was killed between taking the old one away and putting the new one there", async () => {
    const {root, folders, built, shown} = await project();
    await putInPlace(folders, await built("first"));
    await rename(folders.output, join(root, ".ikigai/build/before"));
    await restoreSite(folders);
    expect(await shown()).toBe("first");
    await rename(folders.output, join(root, ".ikigai/build/before"));
    await putInPlace(folders, await built("second"));
    expect(await shown()).toBe("second");
  });

  it("is no file of somebody's", async () => {
    const {folders} = await project();
    await writeFile(folders.output, "mine");
    await expect(checkOutput(folders)).rejects.toThrow(
      `${folders.output} is a file, and should be a folder. Move it away`
    );
  });

  it("takes the place of a link to an edition that somebody has removed", async () => {
    const {folders, built, shown} = await project();
    await symlink(".ikigai/editions/gone/site", folders.output);
    await checkOutput(folders);
    await putInPlace(folders, await built("first"));
    expect(await shown()).toBe("first");
  });

  it("stays as it is when the new one can't be put there", async () => {
    const {root, folders, built, shown} = await project();
    await putInPlace(folders, await built("first"));
    await expect(putInPlace(folders, join(root, "nothing"))).rejects.toThrow(/ENOENT/);
    expect(await shown()).toBe("first");
  });

  it("is rid of what builds that were killed have left, and not of those that go on", async () => {
    const {root} = await project();
    const [dead, alive] = [join(root, ".ikigai/build/99999999"), join(root, `.ikigai/build/${process.ppid}`)];
    await mkdir(dead, {recursive: true});
    await mkdir(alive, {recursive: true});
    await buildFolder(root);
    expect([existsSync(dead), existsSync(alive)]).toEqual([false, true]);
  });

  it("may be outside the project, and nothing is left beside it", async () => {
    const {folders, built, shown} = await project();
    const elsewhere = await temporaryFolder();
    onTestFinished(() => remove(elsewhere));
    folders.output = join(elsewhere, "deep", "public");
    await putInPlace(folders, await built("first"));
    await putInPlace(folders, await built("second"));
    expect(await shown()).toBe("second");
    expect(await readdir(join(elsewhere, "deep"))).toEqual(["public"]);
    await rename(folders.output, join(elsewhere, "deep", ".public.before"));
    await restoreSite(folders);
    expect(await shown()).toBe("second");
  });

  it.each([".", "..", "src", "/"])("may not be %s, which holds the project's pages", async (path) => {
    const {root, folders} = await project();
    await expect(checkOutput({...folders, output: join(path === "/" ? "" : root, path)})).rejects.toThrow(
      /output is .*, which holds the project itself/
    );
  });
});
