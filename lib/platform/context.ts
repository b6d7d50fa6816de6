// What the calls work on: the parts of one running platform.
import type {FlowRuns} from "./flow-runs.js";
import type {Ingestion} from "./ingestion.js";
import type {Parts} from "./parts.js";
import type {UrlSigner} from "./signed-url.js";
import type {State} from "./state.js";
import type {ObjectStore} from "./objects.js";

export interface Context {
  state: State;
  objects: ObjectStore;
  parts: Parts;
  ingestion: Ingestion;
  runs: FlowRuns;
  signer: UrlSigner;
}
