// Signing in where the gateway asks for its shared token.
import {reconnect} from "./events.js";
import {forgetFlows} from "./flows.js";
import {call} from "./gateway.js";

/** Signs this browser in by the gateway's shared token. Throws `TriggerError` `signin` when it is another. */
export async function signIn(token: string): Promise<void> {
  await call("session", {method: "POST", body: {token}});
  forgetFlows();
  reconnect();
}
