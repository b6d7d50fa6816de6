// The gateway's memory: runs, the requests that asked for them, and flows that were built in pages.
import {access} from "node:fs/promises";
import {join} from "node:path";
import {Store, writeJournal, type Change as ChangeOf, type JournalKind} from "../../journal/index.js";
import type {Kinds} from "./records.js";

export type Change = ChangeOf<Kinds>;

const kind: JournalKind = {
  owner: "gateway",
  version: 2,
  afresh: "move it away (the history of runs is then lost, and those under way are no longer followed)",
  failure: (message) => new Error(message)
};

export class Memory extends Store<Kinds> {
  /** Opens what the state folder has, or begins it. Throws `DamagedError` where its journal doesn't read back. */
  static async open(folder: string): Promise<Memory> {
    const file = join(folder, "journal.jsonl");
    const isNew = await access(file).then(
      () => false,
      () => true
    );
    if (isNew) await writeJournal(file, kind, []);
    const memory = new Memory({runs: new Map(), startRequests: new Map(), flows: new Map()});
    await memory.load(file, kind);
    return memory;
  }
}
