// Who may do what with an app.
import * as wire from "../wire/index.js";
import type {CallOptions} from "./options.js";
import type {Transport} from "./transport.js";

/** Who besides its owner may see or change an app. Only its owner can change that. */
export class AppAccess {
  readonly #transport: Transport;
  readonly #appId: string;

  /** Made by an app. */
  constructor(transport: Transport, appId: string) {
    this.#transport = transport;
    this.#appId = appId;
  }

  /** Lets another user in. */
  async grant(email: string, level: wire.AppAccessLevel, options: CallOptions = {}): Promise<this> {
    const request = {app: {appId: this.#appId}, user: {email, appAccessLevel: level}};
    await this.#transport.call(wire.shareApp, request, options);
    return this;
  }

  /** Changes what a user may do. */
  async update(email: string, level: wire.AppAccessLevel, options: CallOptions = {}): Promise<this> {
    const request = {app: {appId: this.#appId}, user: {email, appAccessLevel: level}};
    await this.#transport.call(wire.editAppAccess, request, options);
    return this;
  }

  /** Shuts a user out. */
  async revoke(email: string, options: CallOptions = {}): Promise<this> {
    await this.#transport.call(wire.unshareApp, {app: {appId: this.#appId}, user: {email}}, options);
    return this;
  }
}
