// Saving a flow that was built in a page, where the config's `allowDefinitions` lets viewers do so.
import type {FlowInfo} from "../gateway-api/index.js";
import {flow, type FlowTrigger} from "./flow.js";
import {noteSaved} from "./flows.js";
import {call} from "./gateway.js";

/** An app of the platform by its name, as the config names it. */
export interface AppTrigger {
  readonly name: string;
  /**
   * Saves a definition, as `ikigai-kit/definition` builds it, under a new name, and gives the flow to start. It never overwrites: throws
   * `TriggerError` `conflict` when the name is taken, `forbidden` where the config doesn't allow it, `definition` for one with errors.
   *
   * ```js
   * const flow = await trigger.app("US employment").save("What if", definition);
   * const run = await flow.start();
   * ```
   */
  save(name: string, definition: object): Promise<FlowTrigger>;
}

/** An app by its name. No request is sent before something is saved. */
export function app(appName: string): AppTrigger {
  return {
    name: appName,
    async save(name, definition) {
      const path = `apps/${encodeURIComponent(appName)}/flows`;
      const {answer} = await call<FlowInfo>(path, {method: "POST", body: {name, definition}});
      noteSaved(answer);
      return flow(answer.key);
    }
  };
}
