// Access rights to an app.
import * as wire from "../wire/index.js";
import type {CallOptions} from "./options.js";
import type {Transport} from "./transport.js";

/** The access rights of other users than the owner to an app. Only its owner can change them. */
export class AppAccess {
  readonly #transport: Transport;
  readonly #appId: string;

  /** Made by an app. */
  constructor(transport: Transport, appId: string) {
    this.#transport = transport;
    this.#appId = appId;
  }

  /** Gives another user access. */
  async grant(email: string, level: wire.AppAccessLevel, options: CallOptions = {}): Promise<this> {
    const request = {app: {appId: this.#appId}, user: {email, appAccessLevel: level}};
    await this.#transport.call(wire.shareApp, request, options);
    return this;
  }

  /** Changes a user's access level. */
  async update(email: string, level: wire.AppAccessLevel, options: CallOptions = {}): Promise<this> {
    const request = {app: {appId: this.#appId}, user: {email, appAccessLevel: level}};
    await this.#transport.call(wire.editAppAccess, request, options);
    return this;
  }

  /** Takes a user's access away. */
  async revoke(email: string, options: CallOptions = {}): Promise<this> {
    await this.#transport.call(wire.unshareApp, {app: {appId: this.#appId}, user: {email}}, options);
    return this;
  }
}
