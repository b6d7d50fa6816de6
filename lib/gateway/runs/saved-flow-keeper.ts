// Keeps the records of saved flows true to what the platform has, through kills, outages and a full disk, and deletes flows.
//
// A flow is on record before the platform is asked to make it. One that was made and couldn't be noted is found again by its name and definition.
import {setTimeout as sleep} from "node:timers/promises";
import {NotFoundError, type Ikigai} from "../../client/index.js";
import {reasonOf as reason} from "../../disk/index.js";
import {hasEnded} from "../../gateway-api/index.js";
import {untilWritten} from "../../journal/index.js";
import {Refused} from "../refused.js";
import type {Audit} from "./audit.js";
import {savedKey, type Flows} from "./flows.js";
import type {Change, GatewayStore} from "./gateway-store.js";
import {madeFlow} from "./made-flow.js";
import type {SavedFlowRecord} from "./records.js";

/**
 * Milliseconds between two looks for expired flows, and between two tries to learn from the platform how one ended.
 */
const sweepInterval = 3_600_000;
const settleInterval = 10_000;

export interface KeeperOptions {
  client: Ikigai;
  flows: Flows;
  store: GatewayStore;
  audit: Audit;
  /** Gets a line for each problem that pages don't show. */
  log: (line: string) => void;
}

export class SavedFlowKeeper {
  readonly #stop = new AbortController();
  readonly #work = new Set<Promise<void>>();

  constructor(private readonly at: KeeperOptions) {}

  get records(): SavedFlowRecord[] {
    return [...this.at.store.tables.flows.values()];
  }

  /** Continues what an earlier gateway left, and deletes what has expired, now and each hour. */
  recover(): void {
    for (const record of this.records) if (record.flowId === null) this.settle(record);
    this.#inBackground("expired flows", async () => {
      for (;;) {
        await this.#sweep();
        await sleep(sweepInterval, undefined, {signal: this.#stop.signal, ref: false});
      }
    });
  }

  /** Stops what goes on in the background; the next start continues it. */
  async close(): Promise<void> {
    this.#stop.abort(new Error("The gateway is stopping"));
    await Promise.all(this.#work);
  }

  /** Notes that the platform has a flow. On a full disk it throws `Refused`, and goes on until it is noted. */
  noted({definition: _, ...record}: SavedFlowRecord, flowId: string): Promise<SavedFlowRecord> {
    const {id, name, user} = record;
    const saved = {...record, flowId};
    return new Promise((resolve, reject) => {
      const failed = () => reject(notNoted());
      this.#inBackground(name, async () => {
        try {
          const entry = {event: "save", flow: savedKey({id}), user, message: name} as const;
          await this.#written(name, () => this.at.audit.write(entry), failed);
          await this.#written(name, () => this.at.store.commit(["put", "flows", saved]), failed);
          resolve(saved);
        } catch (error) {
          failed();
          throw error;
        }
      });
    });
  }

  /** Drops the record of a flow that the platform hasn't made. */
  drop({id, name}: SavedFlowRecord): void {
    this.#inBackground(name, () => this.#written(name, () => this.at.store.commit(["drop", "flows", id])));
  }

  /** Finds out whether the platform has a flow that it was asked to make, and notes it or drops its record. */
  settle(record: SavedFlowRecord): void {
    const {signal} = this.#stop;
    const others = new Set(this.records.map(({flowId}) => flowId));
    this.#inBackground(record.name, async () => {
      for (let told = ""; ;) {
        try {
          const flowId = await madeFlow(this.at.client, record, others, signal);
          if (flowId === undefined) this.drop(record);
          // A full disk is in the log.
          else await this.noted(record, flowId).catch(() => undefined);
          return;
        } catch (error) {
          signal.throwIfAborted();
          if (reason(error) !== told) this.at.log(`saved flow ${record.name}: ${reason(error)}`);
          told = reason(error);
        }
        await sleep(settleInterval, undefined, {signal});
      }
    });
  }

  /**
   * Deletes a flow here and on the platform, and its runs; what they wrote stays. Throws `Refused` where one goes on.
   * @param user who deletes it, for the audit; null for one without a name, and where the flow has expired
   */
  async remove(record: SavedFlowRecord, user: string | null, outcome?: string): Promise<void> {
    const {flows, store, audit} = this.at;
    const {id, appId, flowId, name} = record;
    const key = savedKey(record);
    const runs = () => [...store.tables.runs.values()].filter(({run}) => run.flow === key);
    if (runs().some(({run}) => !hasEnded(run))) {
      throw new Refused(
        "conflict",
        "A run of this flow goes on: cancel it, or delete the flow when it has ended."
      );
    }
    // From here on no run of it can be started.
    const show = flows.hide(id);
    try {
      await audit.write({event: "delete", flow: key, user, message: name, ...(outcome && {outcome})});
      await this.#gone({appId, flowId: flowId!});
      const drops = runs().map(({id}): Change => ["drop", "runs", id]);
      await this.#written(name, () => store.commit(["drop", "flows", id], ...drops));
    } finally {
      show();
    }
  }

  /** Deletes a flow on the platform, unless somebody has done so there. */
  async #gone(target: {appId: string; flowId: string}): Promise<void> {
    const {signal} = this.#stop;
    try {
      const flow = await this.at.flows.byId(target, {signal});
      await flow.delete({signal});
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }

  async #sweep(): Promise<void> {
    const now = Date.now();
    const expired = this.records.filter(
      (record) => record.flowId !== null && this.at.flows.expiryOf(record) <= now
    );
    for (const record of expired) {
      await this.remove(record, null, "expired").catch((error: unknown) => {
        this.#stop.signal.throwIfAborted();
        // It is tried again in an hour.
        this.at.log(`saved flow ${record.name}, which has expired, can't be deleted: ${reason(error)}`);
      });
    }
  }

  #written(name: string, write: () => Promise<void>, failed?: () => void): Promise<void> {
    return untilWritten(write, {
      signal: this.#stop.signal,
      onFailure: (error) => {
        this.at.log(`saved flow ${name}: ${reason(error.cause ?? error)}`);
        failed?.();
      }
    });
  }

  /** Works in the background. An error is logged, and must not end the process. */
  #inBackground(name: string, work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) this.at.log(`saved flow ${name}: ${reason(error)}`);
      })
      .finally(() => this.#work.delete(done));
    this.#work.add(done);
  }
}

const notNoted = () =>
  new Refused(
    "internal",
    "The platform has the flow, but the gateway can't write to its disk: the flow is listed as soon as it can."
  );
