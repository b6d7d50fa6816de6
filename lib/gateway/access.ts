// The access rule: it decides for every request, pages and files included, who is let in.
import type {CheckedConfig} from "../config/index.js";
import {isLoopback, loopbackOnly} from "./loopback.js";
import {proxyUser} from "./proxy-user.js";
import {sessions, type Sessions} from "./session.js";
import {weakness} from "./token-strength.js";
import type {Admit} from "./viewer.js";

export interface Access {
  admit: Admit;
  /** Where viewers sign in with the shared token. */
  sessions?: Sessions;
  /** Whether only this machine can reach the gateway, so that no rule is needed. */
  local: boolean;
}

export interface AccessOptions {
  /** What the gateway listens at. */
  host: string;
  /** The shared token, from IKIGAI_GATEWAY_TOKEN. */
  token?: string;
  gateway: CheckedConfig["gateway"];
  /** The path below which everything is served; `/` if left out. */
  base?: string;
}

/**
 * The access rule that the options set. Throws an Error when none is set though other machines could reach the gateway, when
 * two are set, and when the token is weak enough to guess.
 */
export function accessRule({host, token, gateway, base}: AccessOptions): Access {
  const {userHeader, trustedProxies} = gateway;
  if (token !== undefined && userHeader !== undefined) {
    throw new Error(
      "Two access rules are set, and only one is possible: unset IKIGAI_GATEWAY_TOKEN, or take gateway.userHeader out of ikigai.config.ts"
    );
  }
  if (userHeader !== undefined) return {admit: proxyUser(userHeader, trustedProxies!), local: false};
  if (token !== undefined) {
    const weak = weakness(token);
    if (weak !== undefined) {
      throw new Error(`IKIGAI_GATEWAY_TOKEN ${weak}. Make one that nobody guesses: openssl rand -hex 32`);
    }
    const signedIn = sessions(token, base);
    return {admit: signedIn.admit, sessions: signedIn, local: false};
  }
  if (isLoopback(host)) return {admit: loopbackOnly, local: true};
  throw new Error(
    `--host ${host} lets others reach the gateway, which starts flows with your key, so an access rule is required. Either set ` +
      "IKIGAI_GATEWAY_TOKEN in the environment to a token that viewers sign in with (openssl rand -hex 32), or let a proxy sign " +
      "them in and name it in ikigai.config.ts: gateway: {userHeader, trustedProxies}"
  );
}
