// The flows that may be started: those of the config, and those that were built in a page where the config allows that.
import {NotFoundError, type App, type CallOptions, type Flow, type Ikigai} from "../../client/index.js";
import {byNameOrId} from "../../client/name-or-id.js";
import {dataFiles, type CheckedConfig, type CheckedDefinitions, type FileSource} from "../../config/index.js";
import {defaultKeep} from "../../config/definitions-schema.js";
import {FlowDefinition} from "../../definition/index.js";
import type {FlowGraph, FlowInfo, Variable} from "../../gateway-api/index.js";
import {Refused} from "../refused.js";
import type {Viewer} from "../viewer.js";
import type {GatewayStore} from "./gateway-store.js";
import {TimedCache} from "./timed-cache.js";
import type {RunRecord, SavedFlowRecord} from "./records.js";

/** A flow as the gateway knows it without asking the platform. */
export interface KnownFlow {
  key: string;
  /** Names or ids of the flow and of its app. */
  name: string;
  app: string;
  label: string;
  help: string | null;
  variables: Record<string, Variable>;
  whenRunning: "join" | "queue";
  /** Files under data/ that are published again after a run, without extension. */
  writes: string[];
  /** Names of those who can start it; undefined for everybody. */
  users: readonly string[] | undefined;
  /** Where it is on the platform, if that is known without its name. */
  target?: {appId: string; flowId: string};
}

/** Milliseconds for which an answer of the platform is used: which app or flow has a name, and a flow's definition. */
const nameLifetime = 600_000;
const graphLifetime = 30_000;

const savedPrefix = "saved:";

/** What pages call a flow that was built in a page. */
export const savedKey = ({id}: Pick<SavedFlowRecord, "id">) => savedPrefix + id;

/** Milliseconds of a day. */
const day = 86_400_000;

export class Flows {
  readonly #apps = new TimedCache<App>(nameLifetime);
  readonly #flows = new TimedCache<Flow>(nameLifetime);
  readonly #graphs = new TimedCache<FlowGraph>(graphLifetime);
  /** Saved flows that are being deleted. */
  readonly #hidden = new Set<string>();

  constructor(
    private readonly config: CheckedConfig,
    private readonly client: Ikigai,
    private readonly store: GatewayStore
  ) {}

  /** The flow by the key that pages use. Throws `Refused` when there is none. */
  get(key: string): KnownFlow {
    const known = this.find(key);
    if (known) return known;
    throw noSuchFlow(key);
  }

  /** The flow by the key that pages use, or undefined. */
  find(key: string): KnownFlow | undefined {
    if (Object.hasOwn(this.config.flows, key)) return this.#configured(key);
    if (!key.startsWith(savedPrefix)) return undefined;
    const saved = this.store.tables.flows.get(key.slice(savedPrefix.length));
    return saved && this.#isThere(saved) ? this.saved(saved) : undefined;
  }

  /** All flows, as this viewer may use them. */
  list(viewer: Viewer): FlowInfo[] {
    const saved = [...this.store.tables.flows.values()].filter((flow) => this.#isThere(flow));
    const known = [
      ...Object.keys(this.config.flows).map((key) => this.#configured(key)),
      ...saved.map((flow) => this.saved(flow))
    ];
    return known.map((flow) => flowInfo(flow, viewer));
  }

  /** The flow on the platform. */
  async onPlatform({key, app, name, target}: KnownFlow, options: CallOptions = {}): Promise<Flow> {
    if (target) return this.byId(target, options);
    return this.#flows.get(key, async () => byNameOrId((await this.#app(app, options)).flows, name, options));
  }

  async byId({appId, flowId}: NonNullable<RunRecord["target"]>, options: CallOptions): Promise<Flow> {
    const app = await this.client.apps.byId(appId, options);
    return app.flows.byId(flowId, options);
  }

  /** The flow's graph, to draw. */
  async graph(known: KnownFlow): Promise<FlowGraph> {
    return this.#graphs.get(known.key, () =>
      this.retryIfGone(known, async () => this.graphOf(await this.onPlatform(known)))
    );
  }

  /** Does something with a flow. If that flow is gone, looks its name up again and does it once more. */
  async retryIfGone<T>(known: KnownFlow, action: () => Promise<T>): Promise<T> {
    return action().catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error;
      this.#flows.forget(known.key);
      this.#apps.forget(known.app);
      return action();
    });
  }

  /** A flow's graph as it is now on the platform. */
  async graphOf(flow: Flow, options: CallOptions = {}): Promise<FlowGraph> {
    const [{definition = {}}, facetTypes] = await Promise.all([
      flow.describe(options),
      this.client.facetTypes()
    ]);
    return new FlowDefinition(definition).graph(facetTypes);
  }

  /** A flow's definition as it is now on the platform. */
  async definition(known: KnownFlow): Promise<FlowDefinition> {
    const {definition = {}} = await this.retryIfGone(known, async () =>
      (await this.onPlatform(known)).describe()
    );
    return new FlowDefinition(definition);
  }

  /** The names of the apps in which the viewer may save flows, as the config names them. */
  openApps({name}: Viewer): string[] {
    return this.config.allowDefinitions.filter((entry) => mayRun(entry, {name})).map(({app}) => app);
  }

  /** The app of this name or id, if the config lets the viewer save definitions there. Throws `Refused` otherwise. */
  async openApp(nameOrId: string, viewer: Viewer): Promise<OpenApp> {
    const open = await this.#openApp(nameOrId);
    if (mayRun(open.entry, viewer)) return open;
    throw new Refused(
      "forbidden",
      viewer.name === null
        ? "Only certain people may save flows here, and the gateway doesn't know who you are."
        : `Only certain people may save flows here, and ${viewer.name} is not one of them.`
    );
  }

  /** The app of a saved flow, which the config must still leave open. */
  openAppOf({appId}: SavedFlowRecord): Promise<OpenApp> {
    return this.#openApp(appId);
  }

  async #openApp(nameOrId: string): Promise<OpenApp> {
    for (const entry of this.config.allowDefinitions) {
      const allowed = entry.app;
      const app = await this.#app(allowed).catch((error: unknown) => {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      });
      if (app && [allowed, app.name, app.appId].includes(nameOrId)) return {app, entry};
    }
    throw new Refused(
      "forbidden",
      `Pages may not save flows in the app ${JSON.stringify(nameOrId)}: allowDefinitions in ikigai.config.ts doesn't name it.`
    );
  }

  #app(nameOrId: string, options: CallOptions = {}): Promise<App> {
    return this.#apps.get(nameOrId, () => byNameOrId(this.client.apps, nameOrId, options));
  }

  #configured(key: string): KnownFlow {
    const {
      flow,
      app,
      label = flow,
      help = null,
      variables,
      whenRunning,
      writes,
      users
    } = this.config.flows[key]!;
    return {key, name: flow, app, label, help, variables, whenRunning, writes: this.#files(writes), users};
  }

  /** The files of these keys of the config's datasets and models, with those of their editions. */
  #files(keys: string[]): string[] {
    const isWritten = (file: string, source: FileSource) =>
      keys.some((key) => {
        if (source.kind === "editions") return source.key === key;
        return file === (source.kind === "model" ? `${key}-${source.table}` : key);
      });
    return [...dataFiles(this.config)]
      .filter(([file, source]) => isWritten(file, source))
      .map(([file]) => file);
  }

  /** A saved flow as the gateway knows it. It writes no file that pages read, so nothing is published after its run. */
  saved(record: SavedFlowRecord): KnownFlow {
    const {appId, flowId, app, name, variables} = record;
    return {
      key: savedKey(record),
      name,
      app,
      label: name,
      help: null,
      variables,
      whenRunning: "join",
      writes: [],
      users: this.entryOf(record)?.users,
      ...(flowId !== null && {target: {appId, flowId}})
    };
  }

  /** The config's entry of a saved flow's app, if there still is one. */
  entryOf({appId, app}: SavedFlowRecord): CheckedDefinitions | undefined {
    return this.config.allowDefinitions.find((entry) => entry.app === appId || entry.app === app);
  }

  /** When a saved flow is deleted, in epoch milliseconds. */
  expiryOf(record: SavedFlowRecord): number {
    return record.savedAt + (this.entryOf(record)?.keep ?? defaultKeep) * day;
  }

  /** Leaves a saved flow out, from now until the returned function is called. */
  hide(id: string): () => void {
    this.#hidden.add(id);
    return () => this.#hidden.delete(id);
  }

  #isThere(record: SavedFlowRecord): boolean {
    const isSaved = record.flowId !== null && !this.#hidden.has(record.id);
    return isSaved && this.entryOf(record) !== undefined && this.expiryOf(record) > Date.now();
  }
}

/** An app where pages may save flows, and what the config says of it. */
export interface OpenApp {
  app: App;
  entry: CheckedDefinitions;
}

export const noSuchFlow = (key: string) =>
  new Refused("unknown", `There is no flow ${JSON.stringify(key)} here: only listed flows can be used.`);

/** A flow as pages get it. */
export function flowInfo({users, target: _, ...known}: KnownFlow, viewer: Viewer): FlowInfo {
  return {...known, mayRun: mayRun({users}, viewer)};
}

/** Whether the viewer may start the flow. */
export const mayRun = (
  {users}: {users?: readonly string[] | undefined},
  {name}: Pick<Viewer, "name">
): boolean => users === undefined || (name !== null && users.includes(name));
