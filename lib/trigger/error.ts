// What can go wrong when a page starts a flow.
import type {RefusalCode, Run} from "../gateway-api/index.js";

/**
 * Why a flow couldn't be started or how its run ended: what the gateway refuses (`signin`, `forbidden`, `variables`, …), how the run ended (`failed`, `stopped`,
 * `lost`), `publication` when it succeeded and its data couldn't be published, `network` when nothing answered, `timeout`
 * when it took longer than allowed, and `static` when the page has no gateway.
 */
export type TriggerErrorCode =
  RefusalCode | "failed" | "stopped" | "lost" | "publication" | "network" | "timeout" | "static";

interface Details {
  /** What is wrong with each variable, by its name. */
  faults?: Readonly<Record<string, string>>;
  /** The run's last known state. */
  run?: Run;
  cause?: unknown;
}

/** A flow couldn't be started, or its run didn't end well. The message says what to do. */
export class TriggerError extends Error {
  override readonly name = "TriggerError";
  readonly code: TriggerErrorCode;
  readonly faults: Readonly<Record<string, string>>;
  readonly run?: Run;

  constructor(code: TriggerErrorCode, message: string, {faults = {}, run, cause}: Details = {}) {
    super(message, cause === undefined ? undefined : {cause});
    this.code = code;
    this.faults = faults;
    if (run) this.run = run;
  }

  /** The facet in which the run failed, if it is known. */
  get facet(): Run["facet"] {
    return this.run?.facet ?? null;
  }
}
