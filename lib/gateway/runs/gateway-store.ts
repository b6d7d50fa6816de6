// What the gateway keeps on disk: runs, the requests that started them, and flows that were built in pages.
import {access} from "node:fs/promises";
import {join} from "node:path";
import {Store, writeJournal, type Change as ChangeOf, type JournalKind} from "../../journal/index.js";
import {Refused} from "../refused.js";
import type {Kinds, SavedFlowRecord} from "./records.js";

export type Change = ChangeOf<Kinds>;

const kind: JournalKind = {
  owner: "gateway",
  version: 2,
  withoutCopy: "move it away (the history of runs is then lost, and those under way are no longer followed)",
  failure: (message) =>
    new Refused(
      "internal",
      message.startsWith("The disk is full")
        ? "The gateway's disk is full: nothing was changed. Its operator must free some space; then try again."
        : "The gateway can't write to its disk: nothing was changed. Its log says why.",
      undefined,
      {cause: new Error(message)}
    )
};

/** A saved flow of an older gateway, whose id was that on the platform, and which noted neither who saved it nor when. */
type OldFlow = Pick<SavedFlowRecord, "id" | "appId" | "app" | "name" | "variables"> & {savedAt?: number};

const sinceNow = (flow: OldFlow): SavedFlowRecord => ({
  flowId: flow.id,
  writes: null,
  viewer: null,
  user: null,
  ...flow,
  savedAt: Date.now()
});

export class GatewayStore extends Store<Kinds> {
  /** Opens the state folder's journal, or begins one. Throws `DamagedError` when it can't be read. */
  static async open(folder: string): Promise<GatewayStore> {
    const file = join(folder, "journal.jsonl");
    const isNew = await access(file).then(
      () => false,
      () => true
    );
    if (isNew) await writeJournal(file, kind, []);
    const store = new GatewayStore({runs: new Map(), startRequests: new Map(), flows: new Map()});
    await store.load(file, kind);
    const flows = [...store.tables.flows.values()] as OldFlow[];
    const old = flows.filter(({savedAt}) => savedAt === undefined);
    if (old.length > 0) await store.commit(...old.map((flow) => ["put", "flows", sinceNow(flow)] as const));
    return store;
  }

  /** Now, in epoch milliseconds, but not before anything that is on record: a clock that is set back makes nothing old. */
  now(): number {
    const {runs, flows} = this.tables;
    const times = [
      ...Array.from(runs.values(), ({run}) => Date.parse(run.createdAt)),
      ...Array.from(flows.values(), ({savedAt}) => savedAt)
    ];
    return times.reduce((latest, time) => Math.max(latest, time), Date.now());
  }
}
