// What the gateway keeps on disk.
import type {Run, Variable} from "../../gateway-api/index.js";

/** A run, with what pages needn't know. */
export interface RunRecord {
  id: string;
  run: Run;
  /** The id of the viewer who started it, and is allowed to cancel it; undefined for a run of an older gateway. */
  viewer?: string;
  /** The flow on the platform, once it has been found, so that a run under way is found again even if the config changes. */
  target?: {appId: string; flowId: string};
  /**
   * Id of the newest entry in the platform's log before the platform was asked to start the run; null when there was none.
   * Undefined until just before the platform is asked: from then on the run may have been started.
   */
  after?: string | null;
}

/** A request to start a run. */
export interface StartRequestRecord {
  /** A digest of the viewer and the idempotency key. */
  id: string;
  /** A digest of the flow and its variables. */
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
