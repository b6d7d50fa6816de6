// An app's models, and their versions, which runs of flows add.
import * as wire from "../wire/index.js";
import type {Source} from "./browser.js";
import type {Directory} from "./directory.js";
import {assignFields} from "./fields.js";
import {NamedMap} from "./named-map.js";
import type {CallOptions} from "./options.js";
import type {Transport} from "./transport.js";

/** A model. Its fields have the values of the moment when it was fetched; `describe` fetches them again. */
export class Model {
  declare readonly appId: string;
  declare readonly modelId: string;
  declare readonly name: string;
  /** Such as `Ai Cast`. */
  declare readonly modelType: string;
  /** Such as `Base`. */
  declare readonly subModelType: string;
  declare readonly description: string;
  /** Undefined while no flow has run with the model. */
  declare readonly latestVersionId?: string;
  /** Undefined at the top level of the app. */
  declare readonly directory?: wire.DirectoryRef;
  declare readonly createdAt: Date;
  declare readonly modifiedAt: Date;
  readonly #transport: Transport;

  /** Made by the client. */
  constructor(transport: Transport, data: wire.Model) {
    this.#transport = transport;
    assignFields(this, data);
  }

  /** Its versions: every run of a flow with this model adds one. */
  async versions(options: CallOptions = {}): Promise<NamedMap<ModelVersion>> {
    const {appId, modelId} = this;
    const {versions} = await this.#transport.call(wire.listModelVersions, {appId, modelId}, options);
    return new NamedMap(
      versions.map((data) => [data.versionId, new ModelVersion(this.#transport, appId, data)]),
      `version of model "${this.name}"`
    );
  }

  /** Renames it. */
  async rename(name: string, options: CallOptions = {}): Promise<this> {
    await this.#edit({name}, options);
    return Object.assign(this, {name});
  }

  /** Moves it into a directory, or with null to the top level of the app. */
  async move(directory: Directory<Model> | null, options: CallOptions = {}): Promise<this> {
    const ref = directory?.ref ?? null;
    await this.#edit({directory: ref}, options);
    return Object.assign(this, {directory: ref ?? undefined});
  }

  /** Changes its description. */
  async updateDescription(description: string, options: CallOptions = {}): Promise<this> {
    await this.#edit({description}, options);
    return Object.assign(this, {description});
  }

  /** Deletes it, with its versions. */
  async delete(options: CallOptions = {}): Promise<void> {
    const {appId, modelId} = this;
    await this.#transport.call(wire.deleteModel, {model: {appId, modelId}}, options);
  }

  /** Its fields as they are now on the platform. */
  async describe(options: CallOptions = {}): Promise<wire.Model> {
    const {appId, modelId} = this;
    return (await this.#transport.call(wire.getModel, {appId, modelId}, options)).model;
  }

  async #edit(
    changes: {name?: string; directory?: wire.DirectoryRef | null; description?: string},
    options: CallOptions
  ): Promise<void> {
    const {appId, modelId} = this;
    await this.#transport.call(wire.editModel, {model: {appId, modelId, ...changes}}, options);
  }
}

/** A version of a model: its hyperparameters and metrics. */
export class ModelVersion {
  declare readonly appId: string;
  declare readonly modelId: string;
  declare readonly versionId: string;
  /** Its name. */
  declare readonly version: string;
  /** As the model names them. */
  declare readonly hyperparameters: Record<string, unknown>;
  /** Nested as the model has it, such as `{performance: {accuracy: {average_test: 0.96}}}`. */
  declare readonly metrics: Record<string, unknown>;
  declare readonly createdAt: Date;
  declare readonly modifiedAt: Date;
  readonly #transport: Transport;

  /** Made by the client. */
  constructor(transport: Transport, appId: string, data: wire.ModelVersion) {
    this.#transport = transport;
    assignFields(this, {appId, ...data});
  }

  /** The same as `version`: the name by which it is found among the model's versions. */
  get name(): string {
    return this.version;
  }

  /** Its fields as they are now on the platform. */
  async describe(options: CallOptions = {}): Promise<wire.ModelVersion> {
    const {appId, versionId} = this;
    return (await this.#transport.call(wire.getModelVersion, {appId, versionId}, options)).modelVersion;
  }
}

/** Fetches the models of an app. */
export function modelSource(transport: Transport, app: Pick<wire.App, "appId" | "name">): Source<Model> {
  const {appId} = app;
  const model = (data: wire.Model) => new Model(transport, data);
  return {
    what: `model of app "${app.name}"`,
    id: ({modelId}) => modelId,
    list: async ({directoryId, ...options}) => {
      const request = {appId, fetchAll: directoryId === undefined, directoryId};
      const {models, limitWarning} = await transport.call(wire.listModels, request, options);
      return {items: models.map(model), limitWarning};
    },
    byName: async (name, options) =>
      model((await transport.call(wire.getModel, {appId, name}, options)).model),
    byId: async (modelId, options) =>
      model((await transport.call(wire.getModel, {appId, modelId}, options)).model),
    search: async (query, options) => {
      const {models, limitWarning} = await transport.call(wire.searchModels, {appId, query}, options);
      return {items: models.map(model), limitWarning};
    },
    directories: async (directoryId, options) => {
      const request = {appId, directoryId};
      return (await transport.call(wire.modelDirectories.list, request, options)).directories;
    },
    warn: (warning) => transport.warn(warning)
  };
}
