// Signing in with the gateway's shared token.
import {reconnect} from "./events.js";
import {forgetFlows} from "./flows.js";
import {call} from "./gateway.js";

/** Signs this browser in with the gateway's shared token. Throws `TriggerError` `signin` when the token is wrong. */
export async function signIn(token: string): Promise<void> {
  await call("session", {method: "POST", body: {token}});
  forgetFlows();
  reconnect();
}
