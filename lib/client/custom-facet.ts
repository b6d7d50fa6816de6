// Custom facets: a user's own Python scripts as steps of flows.
import * as wire from "../wire/index.js";
import type {Source} from "./browser.js";
import {assignFields} from "./fields.js";
import {NamedMap, type Named} from "./named-map.js";
import type {CallOptions} from "./options.js";
import type {Transport} from "./transport.js";

/** A custom facet. Its script and arguments are those of the draft, which versions are saved from. */
export class CustomFacet {
  declare readonly customFacetId: string;
  declare readonly name: string;
  /** Where in a flow it may stand: INPUT, MID or OUTPUT. */
  declare readonly chainGroup: string;
  /** The kind of facet it is one of. */
  declare readonly facetUid: string;
  declare readonly description: string;
  declare readonly tags: string[];
  /** Python: it reads `data`, a pandas frame, and its arguments, and leaves its output in `result`. */
  declare readonly script: string;
  /** What the script needs from PyPI, as pip names it. */
  declare readonly requirements: string[];
  declare readonly arguments: wire.CustomFacetArgument[];
  declare readonly createdAt: Date;
  declare readonly modifiedAt: Date;
  readonly #transport: Transport;

  /** Made by the client. */
  constructor(transport: Transport, data: wire.CustomFacet) {
    this.#transport = transport;
    assignFields(this, data);
  }

  /** Its saved versions. */
  async versions(options: CallOptions = {}): Promise<NamedMap<wire.CustomFacetVersion & Named>> {
    const {customFacetId} = this;
    const call = wire.listCustomFacetVersions;
    const listed = await this.#transport.call(call, {customFacetId}, options);
    this.#transport.warn(listed.limitWarning);
    return new NamedMap(
      listed.customFacetVersions.map((data) => [data.versionId, {...data, name: data.version}]),
      `version of custom facet "${this.name}"`
    );
  }

  /** Its fields as they are now on the platform. */
  async describe(options: CallOptions = {}): Promise<wire.CustomFacet> {
    const {customFacetId} = this;
    return (await this.#transport.call(wire.getCustomFacet, {customFacetId}, options)).customFacet;
  }
}

/** How the custom facets of a user are fetched. */
export function customFacetSource(transport: Transport): Source<CustomFacet> {
  const customFacet = (data: wire.CustomFacet) => new CustomFacet(transport, data);
  return {
    what: "custom facet",
    id: ({customFacetId}) => customFacetId,
    list: async (options) => {
      const {customFacets} = await transport.call(wire.listCustomFacets, {}, options);
      return {items: customFacets.map(customFacet)};
    },
    byName: async (name, options) =>
      customFacet((await transport.call(wire.getCustomFacet, {name}, options)).customFacet),
    byId: async (customFacetId, options) =>
      customFacet((await transport.call(wire.getCustomFacet, {customFacetId}, options)).customFacet),
    search: async (query, options) => {
      const {customFacets} = await transport.call(wire.searchCustomFacets, {query}, options);
      return {items: customFacets.map(customFacet)};
    },
    directories: async () => [],
    warn: (warning) => transport.warn(warning)
  };
}
