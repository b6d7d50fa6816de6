// Who may do what with a custom facet.
import * as wire from "../wire/index.js";
import type {CallOptions} from "./options.js";
import type {Transport} from "./transport.js";

/** What a user may be let do. */
export type CustomFacetLevel = Exclude<wire.CustomFacetAccessLevel, "NO_ACCESS">;

/** Who besides its owner may run, see or change a custom facet. */
export class CustomFacetAccess {
  readonly #transport: Transport;
  readonly #customFacetId: string;

  /** Made by a custom facet. */
  constructor(transport: Transport, customFacetId: string) {
    this.#transport = transport;
    this.#customFacetId = customFacetId;
  }

  /** Lets another user in. */
  async grant(email: string, level: CustomFacetLevel, options: CallOptions = {}): Promise<this> {
    return this.#set(wire.shareCustomFacet, email, level, options);
  }

  /** Changes what a user may do. */
  async update(email: string, level: CustomFacetLevel, options: CallOptions = {}): Promise<this> {
    return this.#set(wire.editCustomFacetAccess, email, level, options);
  }

  /** Shuts a user out. */
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
