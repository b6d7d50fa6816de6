// All files of a delivery or none: when a move fails, and when the process is killed between two.
import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {beforeEach, describe, expect, it, onTestFinished, vi} from "vitest";
import {completeDeliveries, openDelivery, type Rename} from "../../data-loaders/delivery.js";
import {program} from "../program.js";

const script = program(new URL("./delivery-child.ts", import.meta.url));

vi.setConfig({testTimeout: 60_000});

let into: string;
beforeEach(async () => {
  into = await mkdtemp(join(tmpdir(), "ikigai-delivery-"));
  await mkdir(join(into, "deep"));
  await writeFile(join(into, "deep/a.csv"), "old a");
  onTestFinished(() => rm(into, {recursive: true}));
});

/** Every file of the folder, what is staged included. */
async function content(): Promise<Record<string, string>> {
  const entries = await readdir(into, {recursive: true, withFileTypes: true});
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(
      files.map(async (file) => [file.slice(into.length + 1), await readFile(file, "utf8")] as const)
    )
  );
}

const before = {"deep/a.csv": "old a"};
const after = {"deep/a.csv": "new a", "deep/b.csv": "new b"};

/** Makes the two files and opens a delivery of them. */
async function staged(move?: Rename) {
  const delivery = await openDelivery(into, move);
  for (const name of ["a", "b"]) {
    await writeFile(join(delivery.folder, name), `new ${name}`);
    await delivery.place(join(delivery.folder, name), `deep/${name}.csv`);
  }
  return delivery;
}

describe("a delivery", () => {
  it("puts all files in place, as they were written, and leaves nothing else", async () => {
    const delivery = await staged();
    expect((await content())["deep/a.csv"]).toBe("old a");
    const made = new Date("2024-02-03T04:05:06Z");
    await utimes(join(delivery.folder, "a"), made, made);
    await delivery.commit();
    await delivery.discard();
    expect(await content()).toEqual(after);
    expect((await stat(join(into, "deep/a.csv"))).mtime).toEqual(made);
    expect(await readdir(into)).toEqual(["deep"]);
  });

  it("gives one file several places", async () => {
    const delivery = await staged();
    await delivery.place(join(delivery.folder, "a"), "other/a.csv");
    await delivery.write("list.json", "[]");
    await delivery.commit();
    expect(await content()).toEqual({...after, "other/a.csv": "new a", "list.json": "[]"});
  });

  it("that is discarded changes nothing", async () => {
    await (await staged()).discard();
    expect(await content()).toEqual(before);
  });

  it.each([1, 2, 3])("whose move %i fails changes nothing", async (number) => {
    let moves = 0;
    const delivery = await staged(async (from, to) => {
      if (++moves === number) throw Object.assign(new Error("no space left on device"), {code: "ENOSPC"});
      await rename(from, to);
    });
    await expect(delivery.commit()).rejects.toThrow(/^can't write into .*: the disk is full/);
    await delivery.discard();
    expect(await content()).toEqual(before);
  });

  it("onto a folder is refused before anything moves", async () => {
    await mkdir(join(into, "deep/b.csv"));
    const delivery = await staged();
    await expect(delivery.commit()).rejects.toThrow(/b\.csv is a folder; remove it/);
    await delivery.discard();
    expect(await content()).toEqual(before);
  });
});

describe("a process that is killed", () => {
  it.each([
    [1, "nothing has counted yet", before],
    [2, "all is completed", after],
    [3, "all is completed", after]
  ])("at move %i: %s at the next start", async (number, _, expected) => {
    const child = spawn(process.execPath, [script(), into, String(number)], {
      stdio: "inherit"
    });
    const [, signal] = (await once(child, "exit")) as [number | null, string | null];
    expect(signal).toBe("SIGKILL");
    await completeDeliveries(into);
    expect(await content()).toEqual(expected);
  });
});

it("leaves alone what a process that goes on is staging", async () => {
  const other = join(into, `.pulling-${process.ppid}-abc`);
  await mkdir(other);
  await completeDeliveries(into);
  expect((await readdir(into)).sort()).toEqual([`.pulling-${process.ppid}-abc`, "deep"]);
});
