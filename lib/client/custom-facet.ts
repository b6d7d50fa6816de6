// Custom facets: a user's own Python scripts as steps of flows.
import type {CustomFacetUse, FacetType} from "../definition/index.js";
import * as wire from "../wire/index.js";
import type {Source} from "./browser.js";
import {CustomFacetAccess} from "./custom-facet-access.js";
import {ValidationError} from "./errors.js";
import {assignFields} from "./fields.js";
import {NamedMap, type Named} from "./named-map.js";
import type {CallOptions} from "./options.js";
import {scriptFields, type ScriptOptions} from "./script.js";
import {facetTypesOf} from "./specs.js";
import type {Transport} from "./transport.js";

/** A saved version of a custom facet. */
export type PinnedCustomFacet = wire.CustomFacetVersion & Named & CustomFacetUse;

type Editable = "name" | "description" | "script" | "requirements" | "arguments";

/** A custom facet. Its script and arguments are those of the draft, which versions are saved from. */
export class CustomFacet {
  declare readonly customFacetId: string;
  declare readonly name: string;
  /** Its place in a flow: INPUT, MID or OUTPUT. */
  declare readonly chainGroup: string;
  /** Its facet type. */
  declare readonly facetUid: string;
  declare readonly description: string;
  declare readonly tags: string[];
  /** Python: it reads `data`, a pandas frame, and its arguments, and leaves its output in `result`. */
  declare readonly script: string;
  /** The packages that the script needs from PyPI, as pip names them. */
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

  /** Its saved versions, each to be used in a flow: `builder.customFacet({customFacetVersion})`. */
  async versions(options: CallOptions = {}): Promise<NamedMap<PinnedCustomFacet>> {
    const {customFacetId} = this;
    const [listed, facetType] = await Promise.all([
      this.#transport.call(wire.listCustomFacetVersions, {customFacetId}, options),
      this.#facetType()
    ]);
    this.#transport.warn(listed.limitWarning);
    return new NamedMap(
      listed.customFacetVersions.map((data) => [data.versionId, {...data, name: data.version, facetType}]),
      `version of custom facet "${this.name}"`
    );
  }

  /** Saves the draft, as it is now on the platform, as a version. */
  async createVersion(version: string, options: CallOptions = {}): Promise<PinnedCustomFacet> {
    const {customFacetId} = this;
    const facetType = await this.#facetType();
    const {script, requirements, arguments: args, description, rootkitToken} = await this.describe(options);
    const saved = await this.#transport.call(
      wire.createCustomFacetVersion,
      {
        saveAsVersion: true,
        customFacetVersion: {
          customFacetId,
          version,
          description,
          script,
          requirements,
          rootkitToken: rootkitToken ?? "",
          arguments: args
        }
      },
      options
    );
    this.#transport.warn(saved.limitWarning);
    const {versionId} = saved;
    const request = {customFacetId, versionId};
    const {customFacetVersion} = await this.#transport.call(wire.getCustomFacetVersion, request, options);
    return {...customFacetVersion, name: version, facetType};
  }

  /**
   * For a flow that always runs the newest version, or the draft while there is none. Its arguments are those of the version
   * that is newest now.
   */
  async unpinned(options: CallOptions = {}): Promise<CustomFacetUse> {
    const {customFacetId} = this;
    const versions = [...(await this.versions(options))];
    const newest = versions.reduce<PinnedCustomFacet | undefined>(
      (latest, next) => (latest && latest.createdAt >= next.createdAt ? latest : next),
      undefined
    );
    const facetType = newest?.facetType ?? (await this.#facetType());
    return {customFacetId, versionId: "", facetType, arguments: newest?.arguments ?? this.arguments};
  }

  /** The access rights of other users. */
  get access(): CustomFacetAccess {
    return new CustomFacetAccess(this.#transport, this.customFacetId);
  }

  /** Renames it. */
  async rename(name: string, options: CallOptions = {}): Promise<this> {
    return this.#edit({name}, options);
  }

  /** Changes its description. */
  async updateDescription(description: string, options: CallOptions = {}): Promise<this> {
    return this.#edit({description}, options);
  }

  /** Replaces the draft's script, requirements and arguments. Saved versions stay as they are. */
  async updateScript(script: string, {signal, ...options}: CallOptions & ScriptOptions = {}): Promise<this> {
    return this.#edit(scriptFields(script, options), {signal});
  }

  /** Deletes it, with its versions. */
  async delete(options: CallOptions = {}): Promise<void> {
    const {customFacetId} = this;
    await this.#transport.call(wire.deleteCustomFacet, {customFacet: {customFacetId}}, options);
  }

  /** Its fields as they are now on the platform. */
  async describe(options: CallOptions = {}): Promise<wire.CustomFacet> {
    const {customFacetId} = this;
    return (await this.#transport.call(wire.getCustomFacet, {customFacetId}, options)).customFacet;
  }

  async #edit(changes: Partial<Pick<CustomFacet, Editable>>, options: CallOptions): Promise<this> {
    const {customFacetId, chainGroup} = this;
    const customFacet = {customFacetId, chainGroup, ...changes};
    await this.#transport.call(wire.editCustomFacet, {customFacet, saveAsVersion: false}, options);
    return Object.assign(this, changes);
  }

  async #facetType(): Promise<FacetType> {
    const facetType = (await facetTypesOf(this.#transport)).byUid(this.facetUid);
    if (facetType) return facetType;
    throw new ValidationError(
      `custom facet "${this.name}" is of the facet type ${this.facetUid}, which the platform doesn't list`
    );
  }
}

/** Fetches the custom facets of a user. */
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
