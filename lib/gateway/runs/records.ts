// What the gateway keeps on disk.
import type {Run, Variable} from "../../gateway-api/index.js";

/** A run, with what pages needn't know. */
export interface RunRecord {
  id: string;
  run: Run;
  /** The flow on the platform, where it has been found: a run under way is found again though the config has changed. */
  target?: {appId: string; flowId: string};
  /**
   * Id of the newest entry that the platform's log had before the platform was told to start; null when it had none. Not
   * there until the platform is about to be told: from then on nobody can know that it was not.
   */
  after?: string | null;
}

/** A request that asked for a run. */
export interface StartRequestRecord {
  /** A digest of the viewer and the idempotency key. */
  id: string;
  /** A digest of what was asked for. */
  request: string;
  /** Id of its run. */
  run: string;
  /** Epoch milliseconds. */
  at: number;
}

/** A flow that was built in a page. */
export interface SavedFlow {
  /** Its id on the platform. */
  id: string;
  appId: string;
  /** Name of its app. */
  app: string;
  name: string;
  variables: Record<string, Variable>;
}

export interface Kinds {
  runs: RunRecord;
  startRequests: StartRequestRecord;
  flows: SavedFlow;
}
