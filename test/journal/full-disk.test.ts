// The journal on a disk that is full: nothing that was acknowledged is lost, nothing half written stays, and it goes on when there is space.
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {Store, untilWritten, writeJournal, type JournalKind} from "../../lib/journal/index.js";
import {mayMount, smallDisk} from "../small-disk.js";

const kind: JournalKind = {
  owner: "test",
  version: 1,
  withoutCopy: "begin again",
  failure: (message) => new Error(message)
};

interface Note {
  id: string;
  text: string;
}

class Notes extends Store<{notes: Note}> {
  static async open(file: string) {
    const notes = new Notes({notes: new Map()});
    await notes.load(file, kind);
    return notes;
  }
}

describe.skipIf(!mayMount)("a journal on a full disk", () => {
  it.each([0, 1, 2, 3, 5])("keeps what it acknowledged, with %i blocks left", async (blocks) => {
    const disk = smallDisk(2);
    const file = join(disk.folder, "journal.jsonl");
    await writeJournal(file, kind, []);
    const notes = await Notes.open(file);
    const acknowledged: string[] = [];
    const add = async (id: string, length: number) => {
      await notes.commit(["put", "notes", {id, text: id.repeat(length)}]);
      acknowledged.push(id);
    };
    await add("a", 100);
    disk.fill(blocks);
    const refusals: string[] = [];
    for (let i = 0; i < 40; i++)
      await add(`b${i}`, 700).catch((error: Error) => refusals.push(error.message));
    expect(refusals.length).toBeGreaterThan(0);
    expect(new Set(refusals)).toEqual(
      new Set(["The disk is full: nothing was changed. Free some space and try again."])
    );
    expect([...notes.tables.notes.keys()]).toEqual(acknowledged);
    disk.free();
    await add("c", 100);
    await notes.close();
    const again = await Notes.open(file);
    expect([...again.tables.notes.keys()]).toEqual(acknowledged);
    await again.close();
  });

  it("isn't replaced by a half one", async () => {
    const disk = smallDisk(2);
    const file = join(disk.folder, "journal.jsonl");
    await writeJournal(file, kind, [[["put", "notes", {id: "a", text: "old"}]]]);
    const before = await readFile(file, "utf8");
    for (const blocks of [0, 1, 10]) {
      disk.fill(blocks);
      const larger = [[["put", "notes", {id: "b", text: "x".repeat(60_000)}]]];
      await expect(writeJournal(file, kind, larger)).rejects.toThrow("ENOSPC");
      expect(await readFile(file, "utf8")).toBe(before);
      disk.free();
    }
  });

  it("is waited for by what has to be on record", async () => {
    const disk = smallDisk(2);
    const file = join(disk.folder, "journal.jsonl");
    await writeJournal(file, kind, []);
    const notes = await Notes.open(file);
    disk.fill();
    const told: string[] = [];
    const stop = new AbortController();
    const written = untilWritten(() => notes.commit(["put", "notes", {id: "a", text: "x".repeat(9000)}]), {
      signal: stop.signal,
      onFailure: ({message}) => told.push(message)
    });
    await expect.poll(() => told).toEqual([expect.stringContaining("The disk is full")]);
    disk.free();
    await written;
    expect(notes.tables.notes.has("a")).toBe(true);
    disk.fill();
    const given = untilWritten(() => notes.commit(["put", "notes", {id: "b", text: "x".repeat(9000)}]), stop);
    stop.abort(new Error("closing"));
    await expect(given).rejects.toThrow("closing");
    await notes.close();
  });
});
