// Apps, which everything else on the platform belongs to.
import * as wire from "../wire/index.js";
import {AppAccess} from "./app-access.js";
import {Browser, type Source} from "./browser.js";
import {datasetSource, type Dataset} from "./dataset.js";
import {directoryCallsIn} from "./directory-calls.js";
import {directoriesOf, type Directory} from "./directory.js";
import type {Factory} from "./factory.js";
import {ValidationError} from "./errors.js";
import {assignFields} from "./fields.js";
import {flowSource, type Flow} from "./flow.js";
import {modelSource, type Model} from "./model.js";
import type {Named, NamedMap} from "./named-map.js";
import {NewDataset} from "./new-dataset.js";
import {NewDirectory} from "./new-directory.js";
import {NewFlow} from "./new-flow.js";
import {NewModel} from "./new-model.js";
import type {CallOptions} from "./options.js";
import type {Transport} from "./transport.js";

/** An app. Its fields have the values of the moment when it was fetched; `describe` fetches them again. */
export class App {
  declare readonly appId: string;
  declare readonly name: string;
  /** The owner's email address. */
  declare readonly owner: string;
  declare readonly description: string;
  declare readonly icon?: string;
  declare readonly images: string[];
  /** Undefined at the top level. */
  declare readonly directory?: wire.DirectoryRef;
  declare readonly createdAt: Date;
  declare readonly modifiedAt: Date;
  declare readonly lastUsedAt?: Date;
  readonly #transport: Transport;

  /** Made by the client. */
  constructor(transport: Transport, data: wire.App) {
    this.#transport = transport;
    assignFields(this, data);
  }

  /** The app's datasets. */
  get datasets(): Browser<Dataset> {
    return new Browser(datasetSource(this.#transport, this));
  }

  /** The app's flows. */
  get flows(): Browser<Flow> {
    return new Browser(flowSource(this.#transport, this));
  }

  /** The app's models. */
  get models(): Browser<Model> {
    return new Browser(modelSource(this.#transport, this));
  }

  /** Makes datasets: `app.dataset.new("Sales").file("sales.csv").build()`. */
  get dataset(): Factory<NewDataset> {
    return {new: (name) => new NewDataset(this.#transport, this.appId, name)};
  }

  /** Makes flows: `app.flow.new("Nightly").definition(definition).build()`. */
  get flow(): Factory<NewFlow> {
    return {new: (name) => new NewFlow(this.#transport, this.appId, name)};
  }

  /** Makes models: `app.model.new("Demand").modelType(modelTypes.AiCast.Base).build()`. */
  get model(): Factory<NewModel> {
    return {new: (name) => new NewModel(this.#transport, this.appId, name)};
  }

  /** Makes directories of the app's datasets: `app.datasetDirectory.new("2024").build()`. */
  get datasetDirectory(): Factory<NewDirectory<Dataset>> {
    return this.#directory(datasetSource(this.#transport, this), wire.datasetDirectories);
  }

  /** Makes directories of the app's flows. */
  get flowDirectory(): Factory<NewDirectory<Flow>> {
    return this.#directory(flowSource(this.#transport, this), wire.flowDirectories);
  }

  /** Makes directories of the app's models. */
  get modelDirectory(): Factory<NewDirectory<Model>> {
    return this.#directory(modelSource(this.#transport, this), wire.modelDirectories);
  }

  /** All directories of the app's datasets, nested ones included. */
  async datasetDirectories(options: CallOptions = {}): Promise<NamedMap<Directory<Dataset>>> {
    return directoriesOf(datasetSource(this.#transport, this), undefined, options);
  }

  /** All directories of the app's flows, nested ones included. */
  async flowDirectories(options: CallOptions = {}): Promise<NamedMap<Directory<Flow>>> {
    return directoriesOf(flowSource(this.#transport, this), undefined, options);
  }

  /** All directories of the app's models, nested ones included. */
  async modelDirectories(options: CallOptions = {}): Promise<NamedMap<Directory<Model>>> {
    return directoriesOf(modelSource(this.#transport, this), undefined, options);
  }

  /** The access rights of other users. */
  get access(): AppAccess {
    return new AppAccess(this.#transport, this.appId);
  }

  /** Renames it. */
  async rename(name: string, options: CallOptions = {}): Promise<this> {
    await this.#edit({name}, options);
    return Object.assign(this, {name});
  }

  /** Moves it into a directory, or with null to the top level. */
  async move(directory: Directory<App> | null, options: CallOptions = {}): Promise<this> {
    const ref = directory?.ref ?? null;
    await this.#edit({directory: ref}, options);
    return Object.assign(this, {directory: ref ?? undefined});
  }

  /** Changes its description. */
  async updateDescription(description: string, options: CallOptions = {}): Promise<this> {
    await this.#edit({description}, options);
    return Object.assign(this, {description});
  }

  /** Deletes it, with everything in it. */
  async delete(options: CallOptions = {}): Promise<void> {
    await this.#transport.call(wire.deleteApp, {app: {appId: this.appId}}, options);
  }

  /** The app's fields as they are now on the platform, and everything in it. */
  async describe(options: CallOptions = {}): Promise<{app: wire.App; components: wire.Components}> {
    const {appId} = this;
    const [{app}, {appComponents}] = await Promise.all([
      this.#transport.call(wire.getApp, {appId}, options),
      this.#transport.call(wire.getComponents, {appId}, options)
    ]);
    const components = appComponents[appId];
    if (components) return {app, components};
    const {name: call} = wire.getComponents;
    throw new ValidationError(`${call}: the answer has nothing on the app ${appId}`, {
      call
    });
  }

  #directory<Item extends Named>(source: Source<Item>, calls: typeof wire.datasetDirectories) {
    const inApp = directoryCallsIn(this.#transport, calls, this.appId);
    return {new: (name: string) => new NewDirectory(source, inApp, name)};
  }

  async #edit(
    changes: {name?: string; directory?: wire.DirectoryRef | null; description?: string},
    options: CallOptions
  ): Promise<void> {
    await this.#transport.call(wire.editApp, {app: {appId: this.appId, ...changes}}, options);
  }
}

/** Fetches the apps of a user. */
export function appSource(transport: Transport): Source<App> {
  const app = (data: wire.App) => new App(transport, data);
  return {
    what: "app",
    id: ({appId}) => appId,
    list: async ({directoryId, ...options}) => {
      const request = {fetchAll: directoryId === undefined, directoryId};
      const {apps, limitWarning} = await transport.call(wire.listApps, request, options);
      return {items: apps.map(app), limitWarning};
    },
    byName: async (name, options) => app((await transport.call(wire.getApp, {name}, options)).app),
    byId: async (appId, options) => app((await transport.call(wire.getApp, {appId}, options)).app),
    search: async (query, options) => {
      const {apps, limitWarning} = await transport.call(wire.searchApps, {query}, options);
      return {items: apps.map(app), limitWarning};
    },
    deleteDirectory: async (directoryId, options) => {
      await transport.call(wire.deleteAppDirectory, {directory: {directoryId}}, options);
    },
    directories: async (directoryId, options) => {
      const request = {fetchAll: directoryId === undefined, directoryId};
      return (await transport.call(wire.listAppDirectories, request, options)).directories;
    },
    warn: (warning) => transport.warn(warning)
  };
}
