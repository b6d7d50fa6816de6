// What the gateway keeps on disk.
import type {FlowDefinitionJSON} from "../../definition/index.js";
import type {Run, Variable} from "../../gateway-api/index.js";
import type {WrittenDatasets} from "./written-datasets.js";

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
  /** Set with the run's end, until the audit has that. */
  unaudited?: true;
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
export interface SavedFlowRecord {
  /** What pages know it by. */
  id: string;
  /** Its id on the platform; null until it is known that the platform has it. */
  flowId: string | null;
  appId: string;
  /** Name of its app. */
  app: string;
  name: string;
  variables: Record<string, Variable>;
  /** What it writes; null for one of an older gateway. */
  writes: WrittenDatasets | null;
  /** The id of the viewer who saved it, and the name if there is one; null for one of an older gateway. */
  viewer: string | null;
  user: string | null;
  /** Epoch milliseconds. */
  savedAt: number;
  /** While `flowId` is null: what the flow is recognized by. */
  definition?: FlowDefinitionJSON;
}

export interface Kinds {
  runs: RunRecord;
  startRequests: StartRequestRecord;
  flows: SavedFlowRecord;
}
