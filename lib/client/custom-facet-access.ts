// Access rights to a custom facet.
import * as wire from "../wire/index.js";
import type {CallOptions} from "./options.js";
import type {Transport} from "./transport.js";

/** A user's access level. */
export type CustomFacetLevel = Exclude<wire.CustomFacetAccessLevel, "NO_ACCESS">;

/** The access rights of other users than the owner to a custom facet. */
export class CustomFacetAccess {
  readonly #transport: Transport;
  readonly #customFacetId: string;

  /** Made by a custom facet. */
  constructor(transport: Transport, customFacetId: string) {
    this.#transport = transport;
    this.#customFacetId = customFacetId;
  }

  /** Gives another user access. */
  async grant(email: string, level: CustomFacetLevel, options: CallOptions = {}): Promise<this> {
    return this.#set(wire.shareCustomFacet, email, level, options);
  }

  /** Changes a user's access level. */
  async update(email: string, level: CustomFacetLevel, options: CallOptions = {}): Promise<this> {
    return this.#set(wire.editCustomFacetAccess, email, level, options);
  }

  /** Takes a user's access away. */
  async revoke(email: string, options: CallOptions = {}): Promise<this> {
    return this.#set(wire.editCustomFacetAccess, email, "NO_ACCESS", options);
  }

  async #set(
    call: typeof wire.shareCustomFacet,
    email: string,
    accessLevel: wire.CustomFacetAccessLevel,
    options: CallOptions
  ): Promise<this> {
    const customFacet = {customFacetId: this.#customFacetId};
    await this.#transport.call(call, {customFacet, user: {email}, accessLevel}, options);
    return this;
  }
}
