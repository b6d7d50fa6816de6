// Flows that were built in pages: who can save, list and delete which, and what they may write.
import {randomUUID} from "node:crypto";
import {RequestError, type App, type Ikigai} from "../../client/index.js";
import type {CheckedDefinitions} from "../../config/index.js";
import type {FlowDefinition} from "../../definition/index.js";
import type {SavedFlow, VariableValues} from "../../gateway-api/index.js";
import {Refused} from "../refused.js";
import type {Viewer} from "../viewer.js";
import {variablesOf} from "./definition.js";
import {checkedDefinition, type FlowToSave} from "./flow-to-save.js";
import {flowInfo, noSuchFlow, savedKey, type Flows, type KnownFlow} from "./flows.js";
import type {GatewayStore} from "./gateway-store.js";
import {KeyedQueue} from "./keyed-queue.js";
import type {ProtectedDatasets} from "./protected-datasets.js";
import type {SavedFlowRecord} from "./records.js";
import type {SavedFlowKeeper} from "./saved-flow-keeper.js";
import {writtenDatasets} from "./written-datasets.js";

/** Flows that pages may save in all. */
const mostSavedFlows = 500;

interface SavedFlowsOptions {
  client: Ikigai;
  flows: Flows;
  store: GatewayStore;
  datasets: ProtectedDatasets;
  keeper: SavedFlowKeeper;
}

export class SavedFlows {
  /** Saves of one app go one at a time, so that no two get one name. */
  readonly #queue = new KeyedQueue();
  constructor(private readonly at: SavedFlowsOptions) {}

  /** Throws `Refused` where the app isn't open to the viewer, who has too many, the definition doesn't fit, or the name is taken. */
  async save(appName: string, source: FlowToSave, viewer: Viewer): Promise<KnownFlow> {
    const {client, flows, datasets} = this.at;
    const {app, entry} = await flows.openApp(appName, viewer);
    const facetTypes = await client.facetTypes();
    const definition = checkedDefinition(source, facetTypes);
    const writes = writtenDatasets(definition);
    await datasets.checkDefinition(app, entry, writes);
    return this.#queue.take(app.appId, async () => {
      await this.#checkRoom(app, entry, source.name, viewer);
      const record: SavedFlowRecord = {
        id: randomUUID(),
        flowId: null,
        appId: app.appId,
        app: app.name,
        name: source.name,
        variables: variablesOf(definition, facetTypes),
        writes,
        viewer: viewer.id,
        user: viewer.name,
        savedAt: this.at.store.now(),
        definition: definition.toJSON()
      };
      return this.#make(app, record, definition);
    });
  }

  /** The flows of an app that the viewer may delete. */
  list(app: string, viewer: Viewer): SavedFlow[] {
    return this.at.keeper.records
      .filter((record) => [record.appId, record.app].includes(app) && record.flowId !== null)
      .filter((record) => this.#mayDelete(record, viewer))
      .map((record) => this.#shown(record, viewer));
  }

  /** Deletes a flow here and on the platform. Throws `Refused` where the viewer may not, or a run goes on. */
  async delete(key: string, viewer: Viewer): Promise<SavedFlow> {
    const record = this.at.keeper.records.find((one) => savedKey(one) === key && one.flowId !== null);
    if (!record) {
      if (this.at.flows.find(key))
        throw new Refused("forbidden", "Only flows that were built in a page can be deleted.");
      throw noSuchFlow(key);
    }
    if (!this.#mayDelete(record, viewer)) {
      throw new Refused(
        "forbidden",
        "Only the person who saved a flow, and those whom allowDefinitions names as users, can delete it."
      );
    }
    const shown = this.#shown(record, viewer);
    await this.at.keeper.remove(record, viewer.name);
    return shown;
  }

  /** Throws `Refused` if a run of the flow with these values would write what it may not. */
  async checkRun(key: string, values: VariableValues): Promise<void> {
    const record = this.at.keeper.records.find((one) => savedKey(one) === key);
    if (!record) return;
    const {app, entry} = await this.at.flows.openAppOf(record);
    await this.at.datasets.checkRun(app, entry, record, values);
  }

  #mayDelete(record: SavedFlowRecord, viewer: Viewer): boolean {
    const users = this.at.flows.entryOf(record)?.users;
    return record.viewer === viewer.id || (viewer.name !== null && users?.includes(viewer.name) === true);
  }

  #shown(record: SavedFlowRecord, viewer: Viewer): SavedFlow {
    const {user, savedAt} = record;
    return {
      ...flowInfo(this.at.flows.saved(record), viewer),
      user,
      savedAt: new Date(savedAt).toISOString(),
      expiresAt: new Date(this.at.flows.expiryOf(record)).toISOString()
    };
  }

  async #checkRoom(app: App, {most}: CheckedDefinitions, name: string, viewer: Viewer): Promise<void> {
    const records = this.at.keeper.records;
    if (records.length >= mostSavedFlows) {
      throw new Refused(
        "toomany",
        `Pages have saved ${mostSavedFlows} flows, which is as many as the gateway keeps: delete some.`
      );
    }
    const here = records.filter(({appId}) => appId === app.appId);
    if (here.filter((record) => record.viewer === viewer.id).length >= most) {
      throw new Refused(
        "toomany",
        `You have saved ${most} flows here, which is as many as one viewer may: delete one.`
      );
    }
    if (
      (await app.flows.list()).has(name) ||
      here.some((record) => record.flowId === null && record.name === name)
    ) {
      throw new Refused(
        "conflict",
        `The app ${app.name} has a flow called ${JSON.stringify(name)}: choose another name.`
      );
    }
  }

  async #make(app: App, record: SavedFlowRecord, definition: FlowDefinition): Promise<KnownFlow> {
    await this.at.store.commit(["put", "flows", record]);
    const flowId = await this.#made(app, record, definition);
    return this.at.flows.saved(await this.at.keeper.noted(record, flowId));
  }

  async #made(app: App, record: SavedFlowRecord, definition: FlowDefinition): Promise<string> {
    const {keeper} = this.at;
    try {
      return (await app.flow.new(record.name).definition(definition).build()).flowId;
    } catch (error) {
      if (error instanceof RequestError) {
        keeper.drop(record);
        throw new Refused("definition", error.message);
      }
      // The platform may have made it all the same.
      keeper.settle(record);
      throw error;
    }
  }
}
