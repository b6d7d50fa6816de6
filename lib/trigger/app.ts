// Saving flows that were built in a page, and deleting them, where the config's `allowDefinitions` lets viewers do so.
import type {FlowInfo, SavedFlow, SavedFlowList} from "../gateway-api/index.js";
import {flow, type FlowTrigger} from "./flow.js";
import {forgetSaved, noteSaved} from "./flows.js";
import {call, gatewayPath} from "./gateway.js";

/** An app of the platform by its name, as the config names it. */
export interface AppTrigger {
  readonly name: string;
  /**
   * Saves a definition, as `ikigai-kit/definition` builds it, under a new name, and gives the flow to start. It never overwrites: throws
   * `TriggerError` `conflict` when the name is taken, `forbidden` where the config doesn't allow it, `toomany` when this viewer has as many as
   * one may, `definition` for one with errors or that would write a dataset of the config.
   *
   * ```js
   * const flow = await trigger.app("US employment").save("What if", definition);
   * const run = await flow.start();
   * ```
   */
  save(name: string, definition: object): Promise<FlowTrigger>;
  /** The saved flows that this viewer may delete, oldest first, which `flow` and `form` then know by their keys; none if the page has no gateway. */
  saved(): Promise<SavedFlow[]>;
  /**
   * Deletes a saved flow by its key, on the platform, too. What it has written stays. Throws `TriggerError`: `conflict` while a run of it goes on,
   * `forbidden` for a flow of another viewer, `unknown` when it is gone.
   */
  delete(key: string): Promise<void>;
}

/** An app by its name. No request is sent before something is saved. */
export function app(appName: string): AppTrigger {
  const path = `apps/${encodeURIComponent(appName)}/flows`;
  return {
    name: appName,
    async save(name, definition) {
      const {answer} = await call<FlowInfo>(path, {method: "POST", body: {name, definition}});
      noteSaved(answer);
      return flow(answer.key);
    },
    async saved() {
      if (gatewayPath() === undefined) return [];
      const {flows} = (await call<SavedFlowList>(path)).answer;
      flows.forEach(noteSaved);
      return flows;
    },
    async delete(key) {
      await call(`flows/${encodeURIComponent(key)}`, {method: "DELETE"});
      forgetSaved(key);
    }
  };
}
