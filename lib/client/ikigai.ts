// The client: a user's view of the platform, from which everything else is reached.
import {FlowBuilder, type FacetType, type FacetTypes, type ModelTypes} from "../definition/index.js";
import * as wire from "../wire/index.js";
import {appSource, type App} from "./app.js";
import {Browser} from "./browser.js";
import {customFacetSource, type CustomFacet} from "./custom-facet.js";
import {appDirectoryCalls} from "./directory-calls.js";
import {directoriesOf, type Directory} from "./directory.js";
import type {Factory} from "./factory.js";
import type {NamedMap} from "./named-map.js";
import {NewApp} from "./new-app.js";
import {NewCustomFacet} from "./new-custom-facet.js";
import {NewDirectory} from "./new-directory.js";
import {checkOptions, type CallOptions, type IkigaiOptions} from "./options.js";
import {facetTypesOf, modelTypesOf} from "./specs.js";
import {Transport} from "./transport.js";

/**
 * The Ikigai platform, as one user sees it.
 *
 * ```ts
 * const ikigai = new Ikigai({userEmail: "bob@example.com", apiKey});
 * const app = await ikigai.apps.get("Demand planning");
 * const dataset = await app.datasets.get("Demand forecast");
 * await dataset.download("forecast.csv");
 * ```
 *
 * No request is sent before a method needs one, so a wrong key or base URL shows at the first call; `check` only tests whether
 * the platform answers. Connections are kept for the next call, and don't keep the process running.
 */
export class Ikigai {
  /** The account that calls. */
  readonly userEmail: string;
  /** Where the platform's API is. */
  readonly baseUrl: string;
  readonly #transport: Transport;

  /** Throws `ValidationError` for an invalid option. */
  constructor(options: IkigaiOptions) {
    const checked = checkOptions(options);
    this.userEmail = checked.userEmail;
    this.baseUrl = checked.baseUrl.href.replace(/\/$/, "");
    this.#transport = new Transport(checked);
  }

  /** The apps that the user can see. */
  get apps(): Browser<App> {
    return new Browser(appSource(this.#transport));
  }

  /** The custom facets that the user can use. */
  get customFacets(): Browser<CustomFacet> {
    return new Browser(customFacetSource(this.#transport));
  }

  /** Makes custom facets: `ikigai.customFacet.new("Scale", facetTypes.MID.CUSTOM_FACET).script(script).build()`. */
  get customFacet(): Factory<NewCustomFacet, [facetType: FacetType]> {
    return {new: (name, facetType) => new NewCustomFacet(this.#transport, name, facetType)};
  }

  /** Throws if the platform doesn't answer at the base URL. It doesn't test the key. */
  async check(options: CallOptions = {}): Promise<void> {
    await this.#transport.call(wire.accessHeartbeat, {}, options);
    await this.#transport.call(wire.searchHeartbeat, {}, options);
  }

  /** Makes apps: `ikigai.app.new("Demand planning").build()`. */
  get app(): Factory<NewApp> {
    return {new: (name) => new NewApp(this.#transport, name)};
  }

  /** Makes directories of apps: `ikigai.appDirectory.new("Planning").build()`. */
  get appDirectory(): Factory<NewDirectory<App>> {
    const source = appSource(this.#transport);
    return {new: (name) => new NewDirectory(source, appDirectoryCalls(this.#transport), name)};
  }

  /** All directories of apps, nested ones included. */
  async appDirectories(options: CallOptions = {}): Promise<NamedMap<Directory<App>>> {
    return directoriesOf(appSource(this.#transport), undefined, options);
  }

  /** The kinds of facets that the platform has: by chain group, facet group and facet. */
  async facetSpecs(options: CallOptions = {}): Promise<wire.FacetSpecs> {
    return this.#transport.call(wire.getFacetSpecs, {}, options);
  }

  /** The kinds of models that the platform has. */
  async modelSpecs(options: CallOptions = {}): Promise<wire.ModelSpec[]> {
    return Object.values(await this.#transport.call(wire.getModelSpecs, {}, options));
  }

  /** A builder of flow definitions. */
  get builder(): FlowBuilder {
    return new FlowBuilder();
  }

  /** The kinds of facets as the flow builder takes them. They are fetched once. */
  async facetTypes(): Promise<FacetTypes> {
    return facetTypesOf(this.#transport);
  }

  /** The kinds of models as the flow builder and new models take them. They are fetched once. */
  async modelTypes(): Promise<ModelTypes> {
    return modelTypesOf(this.#transport);
  }

  /** Closes all connections, also those of calls under way. Not needed for the process to end. */
  async close(): Promise<void> {
    await this.#transport.close();
  }
}
