// Editions of a site: published whole, kept, gone back to, and served by whatever serves a folder.
import {existsSync} from "node:fs";
import {cp, lstat, mkdir, readFile, readdir, readlink, rm, stat, symlink, writeFile} from "node:fs/promises";
import {join} from "node:path";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {nextId} from "../../lib/site/edition.js";
import {
  currentEdition,
  listEditions,
  publishEdition,
  restoreEdition,
  rollback,
  withEditionsLock,
  type PublishOptions
} from "../../lib/site/editions.js";
import {attachedFiles, editionAt} from "../../lib/site/served.js";
import {dataFile, rows, siteFiles, temporaryFolder, write} from "./support.js";

interface Project {
  root: string;
  publish: (value: string, options?: Partial<PublishOptions>) => Promise<string>;
  /** What a plain static server gives. */
  served: (name: string) => Promise<string | undefined>;
}

async function project(): Promise<Project> {
  const root = await temporaryFolder();
  return {
    root,
    async publish(value, options) {
      const built = await write(join(root, "built"), siteFiles(value));
      return (await publishEdition({root, built, ...options})).edition.id;
    },
    served: (name) => readFile(join(root, "dist", name), "utf8").catch(() => undefined)
  };
}

const heading = (html: string | undefined) => /<h1>(.*)<\/h1>/.exec(html ?? "")?.[1];
const inode = async (...path: string[]) => (await stat(join(...path))).ino;

describe("an edition", () => {
  it("takes the site's place as a relative link, and tells of itself", async () => {
    const {root, publish, served} = await project();
    const id = await publish("first", {about: {dataAt: "2026-08-01T06:00:00Z"}});
    expect(await readlink(join(root, "dist"))).toBe(`.ikigai/editions/${id}/site`);
    expect(heading(await served("index.html"))).toBe("first");
    const current = await currentEdition({root});
    expect(current).toMatchObject({id, about: {dataAt: "2026-08-01T06:00:00Z"}});
    expect(current!.files["robots.txt"]).toEqual({
      size: 5,
      sha256: "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e"
    });
    expect(Object.keys(current!.files)).toEqual(
      expect.arrayContaining([...Object.keys(siteFiles("first")), `${dataFile("first")}.br`])
    );
    expect(existsSync(join(root, "built"))).toBe(false);
  });

  it("can be moved with its project", async () => {
    const {root, publish} = await project();
    await publish("first");
    const elsewhere = join(await temporaryFolder(), "project");
    await cp(root, elsewhere, {recursive: true, verbatimSymlinks: true});
    expect(heading(await readFile(join(elsewhere, "dist/index.html"), "utf8"))).toBe("first");
    expect(await currentEdition({root: elsewhere})).toBeDefined();
  });

  it("shares with the one before what is the same, on the disk too", async () => {
    const {root, publish} = await project();
    const [first, second] = [await publish("first"), await publish("second")];
    const site = (id: string) => join(root, ".ikigai/editions", id, "site");
    for (const name of Object.keys(siteFiles("first")).filter((name) => /^_(?:import|npm)/.test(name))) {
      expect(await inode(site(first), name)).toBe(await inode(site(second), name));
    }
    const code = Object.keys(siteFiles("first")).find((name) => name.startsWith("_import/"))!;
    expect(await inode(site(first), `${code}.br`)).toBe(await inode(site(second), `${code}.br`));
    expect(await inode(site(first), "robots.txt")).not.toBe(await inode(site(second), "robots.txt"));
  });

  it("shares nothing that somebody has changed in place since", async () => {
    const {root, publish, served} = await project();
    const first = await publish("first");
    const engine = "_npm/engine@1.0.0/engine.wasm";
    const original = siteFiles("first")[engine]!;
    const path = join(root, ".ikigai/editions", first, "site", engine);
    await writeFile(path, original.toUpperCase());
    await publish("second");
    expect(await served(engine)).toBe(original);
  });

  it("has no files of another account's, after a publish and after a rollback", async () => {
    const {publish, served, root} = await project();
    const mine = {about: {account: "ann"}};
    await publish("first", mine);
    const second = await publish("second", {about: {account: "bob"}});
    expect(await served(dataFile("first"))).toBeUndefined();
    await publish("third", mine);
    expect(await served(dataFile("first"))).toBe(rows("first"));
    expect(await served(dataFile("second"))).toBeUndefined();
    await rollback({root, id: second});
    expect(await served(dataFile("second"))).toBe(rows("second"));
    expect(await served(dataFile("first"))).toBeUndefined();
  });

  it("has the files that open pages of kept editions name, their siblings too, and no others for ever", async () => {
    const {publish, served} = await project();
    for (const value of ["a", "b", "c", "d"]) await publish(value, {keep: 3});
    const there = await Promise.all(
      ["a", "b", "c", "d"].map(async (value) => (await served(dataFile(value))) !== undefined)
    );
    expect(there).toEqual([false, true, true, true]);
    expect(await served(dataFile("b"))).toBe(rows("b"));
    expect(await served(`${dataFile("b")}.gz`)).toBeDefined();
    expect(await served("robots.txt")).toBe("d");
    await publish("e", {keep: 1});
    expect(await served(dataFile("d"))).toBe(rows("d"));
    await publish("f", {keep: 1});
    expect(await served(dataFile("d"))).toBeUndefined();
  });

  it("gets no sibling of another's content, where a name stays and what it means does not", async () => {
    const {root, publish, served} = await project();
    const engine = "_npm/engine@1.0.0/engine.wasm";
    await write(join(root, "built"), {[engine]: "old ".repeat(1000)});
    await publish("first");
    await write(join(root, "built"), {[engine]: "new ".repeat(1000)});
    const built = await write(join(root, "built"), {"index.html": "<html><body></body></html>"});
    await publishEdition({root, built, compress: false});
    expect(await served(engine)).toBe("new ".repeat(1000));
    expect(await served(`${engine}.br`)).toBeUndefined();
  });

  it("tells where pages find the newest of each file, and of those carried over nothing", async () => {
    const {root, publish} = await project();
    await publish("first");
    const id = await publish("second");
    expect(await attachedFiles(join(root, "dist"))).toEqual({"data/x.csv": `/${dataFile("second")}`});
    expect((await editionAt(join(root, "dist")))!.id).toBe(id);
  });

  it("is refused where its number to keep is none, and the site stays as it was", async () => {
    const {publish, served} = await project();
    await publish("first");
    await expect(publish("second", {keep: 0})).rejects.toThrow("0 editions can't be kept");
    expect(heading(await served("index.html"))).toBe("first");
  });

  it("that can't be written leaves the site as it was, and nothing of itself", async () => {
    const {root, publish, served} = await project();
    await publish("first");
    await expect(publishEdition({root, built: join(root, "nothing")})).rejects.toThrow(
      /could not be published: ENOENT.*dist is as it was/
    );
    expect(heading(await served("index.html"))).toBe("first");
    expect((await readdir(join(root, ".ikigai/editions"))).filter((name) => name.startsWith("new-"))).toEqual(
      []
    );
  });

  it("breaks off where it is told to", async () => {
    const {publish, served} = await project();
    await publish("first");
    const reason = new Error("stop");
    await expect(publish("second", {signal: AbortSignal.abort(reason)})).rejects.toBe(reason);
    expect(heading(await served("index.html"))).toBe("first");
  });
});

describe("ids", () => {
  it("rise whatever the clock says, and read as the time where they can", () => {
    expect(nextId([], new Date("2026-08-01T06:00:00.700Z"))).toBe("20260801T060000Z");
    const date = fc.date({min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true});
    fc.assert(
      fc.property(fc.array(date, {minLength: 1, maxLength: 20}), (times) => {
        const editions: {id: string}[] = [];
        for (const time of times) {
          const id = nextId(editions, time);
          expect(editions.every((before) => before.id < id)).toBe(true);
          editions.push({id});
        }
      })
    );
  });
});

describe("going back", () => {
  it("shows the edition before, or the one that is named, and removes none", async () => {
    const {root, publish, served} = await project();
    const [a, b, c] = [await publish("a"), await publish("b"), await publish("c")];
    expect((await rollback({root})).id).toBe(b);
    expect(heading(await served("index.html"))).toBe("b");
    expect((await rollback({root})).id).toBe(a);
    expect((await rollback({root, id: c})).id).toBe(c);
    expect((await listEditions({root})).map(({id, current}) => [id, current])).toEqual([
      [c, true],
      [b, false],
      [a, false]
    ]);
  });

  it("breaks no page of the edition that is left", async () => {
    const {root, publish, served} = await project();
    await publish("a");
    await publish("b");
    await rollback({root});
    expect(await served(dataFile("b"))).toBe(rows("b"));
    expect(await served(`${dataFile("b")}.br`)).toBeDefined();
    expect(await attachedFiles(join(root, "dist"))).toEqual({"data/x.csv": `/${dataFile("a")}`});
  });

  it("isn't undone by keeping few: the current one stays, and what is published next follows all", async () => {
    const {root, publish} = await project();
    const [a] = [await publish("a"), await publish("b"), await publish("c")];
    await rollback({root, id: a});
    const d = await publish("d", {keep: 1});
    expect((await listEditions({root})).map(({id}) => id)).toEqual([d]);
  });

  it("says which there are where that one isn't", async () => {
    const {root, publish} = await project();
    await expect(rollback({root})).rejects.toThrow("There are no editions to go back to");
    const id = await publish("a");
    await expect(rollback({root})).rejects.toThrow(`no edition before ${id}`);
    await expect(rollback({root, id: "yesterday"})).rejects.toThrow(
      `no edition yesterday. Name one of these: ${id}`
    );
  });
});

describe("a site that was a plain folder", () => {
  it("becomes an edition, once", async () => {
    const {root, publish, served} = await project();
    await write(join(root, "dist"), siteFiles("plain"));
    const id = await publish("first");
    expect((await lstat(join(root, "dist"))).isSymbolicLink()).toBe(true);
    expect(heading(await served("index.html"))).toBe("first");
    expect(await served(dataFile("plain"))).toBe(rows("plain"));
    const [, plain, ...rest] = await listEditions({root});
    expect(rest).toEqual([]);
    expect(plain!.id < id).toBe(true);
    await rollback({root});
    expect(heading(await served("index.html"))).toBe("plain");
    expect(await served(".edition")).toBeUndefined();
  });
});

describe("where links can't be made", () => {
  it("the site is a folder of the same files, swapped by renaming, and says which edition it is", async () => {
    const {root, publish, served} = await project();
    const [a, b] = [await publish("a", {links: false}), await publish("b", {links: false})];
    expect((await lstat(join(root, "dist"))).isDirectory()).toBe(true);
    expect(heading(await served("index.html"))).toBe("b");
    expect((await currentEdition({root}))!.id).toBe(b);
    expect(await attachedFiles(join(root, "dist"))).toEqual({"data/x.csv": `/${dataFile("b")}`});
    await rollback({root, links: false});
    expect(heading(await served("index.html"))).toBe("a");
    expect((await listEditions({root})).map(({id}) => id)).toEqual([b, a]);
  });

  it("a process that died in the moment between two sites has left the one before, which is brought back", async () => {
    const {root, publish, served} = await project();
    await publish("a", {links: false});
    await cp(join(root, "dist"), join(root, ".dist.before"), {recursive: true});
    await rm(join(root, "dist"), {recursive: true});
    await restoreEdition({root});
    expect(heading(await served("index.html"))).toBe("a");
    await publish("b", {links: false});
    expect((await readdir(root)).filter((name) => name.startsWith(".dist"))).toEqual([]);
  });
});

describe("what others have left", () => {
  it("is removed at the next publish", async () => {
    const {root, publish} = await project();
    await publish("a");
    const folder = join(root, ".ikigai/editions");
    await write(folder, {"new-1/site/index.html": "half", "old-20200101T000000Z/edition.json": "{"});
    await symlink("nowhere", join(root, ".dist.next"));
    await publish("b");
    expect((await readdir(folder)).filter((name) => !/^\d+T\d+Z$/.test(name))).toEqual(["lock"]);
    expect((await readdir(root)).sort()).toEqual([".ikigai", "dist"]);
  });

  it("a link whose edition somebody has removed leads to the newest again", async () => {
    const {root, publish, served} = await project();
    await publish("a");
    const b = await publish("b");
    await rm(join(root, ".ikigai/editions", b), {recursive: true});
    await restoreEdition({root});
    expect(heading(await served("index.html"))).toBe("a");
  });

  it.each(["{", "null", "[]", ""])(
    "an edition whose edition.json is %j is set aside, and told",
    async (content) => {
      const {root, publish, served} = await project();
      const [old, current] = [await publish("a"), await publish("b")];
      const folder = join(root, ".ikigai/editions");
      await writeFile(join(folder, old, "edition.json"), content);
      expect((await listEditions({root})).map(({id}) => id)).toEqual([current]);
      const built = await write(join(root, "built"), siteFiles("c"));
      const {warnings} = await publishEdition({root, built});
      expect(warnings).toEqual([
        `the edition ${old} can't be read; it is set aside as ${join(folder, `broken-${old}`)}`
      ]);
      expect(heading(await served("index.html"))).toBe("c");
      expect(await listEditions({root})).toHaveLength(2);
    }
  );

  it("the current edition may be unreadable, and the next one takes its place", async () => {
    const {root, publish, served} = await project();
    const id = await publish("a");
    await writeFile(join(root, ".ikigai/editions", id, "edition.json"), "{");
    expect(await currentEdition({root})).toBeUndefined();
    expect(heading(await served("index.html"))).toBe("a");
    await publish("b");
    expect(heading(await served("index.html"))).toBe("b");
  });

  it("a project without any has an empty list and no current one", async () => {
    const root = await temporaryFolder();
    expect(await listEditions({root})).toEqual([]);
    expect(await currentEdition({root})).toBeUndefined();
    await restoreEdition({root});
    expect(await readdir(root)).toEqual([]);
  });
});

describe("two at once", () => {
  it("wait for each other, and both are published", async () => {
    const {root, served} = await project();
    const values = ["a", "b", "c"];
    await Promise.all(
      values.map(async (value) =>
        publishEdition({root, built: await write(join(root, value), siteFiles(value))})
      )
    );
    expect(await listEditions({root})).toHaveLength(3);
    expect(values).toContain(heading(await served("index.html")));
  });

  it("where one may not wait, it is told who is at it", async () => {
    const {root, publish} = await project();
    let finish = () => {};
    let isHeld = () => {};
    const held = new Promise<void>((resolve) => (isHeld = resolve));
    const holding = withEditionsLock({root}, () => {
      isHeld();
      return new Promise<void>((resolve) => (finish = resolve));
    });
    await held;
    await expect(publish("a", {wait: false})).rejects.toThrow(
      new RegExp(`Another publish or rollback is under way \\(process ${process.pid}, since`)
    );
    finish();
    await holding;
    await publish("a", {wait: false});
  });

  it("doesn't mean what a publish itself does under its own lock", async () => {
    const {root, publish, served} = await project();
    await withEditionsLock({root}, () => publish("a", {wait: false}));
    expect(heading(await served("index.html"))).toBe("a");
  });

  it("isn't kept up by a lock that was half made", async () => {
    const {root, publish} = await project();
    await mkdir(join(root, ".ikigai/editions"), {recursive: true});
    await writeFile(join(root, ".ikigai/editions", `lock.${process.pid}`), "half");
    await publish("a", {wait: false});
  });
});
