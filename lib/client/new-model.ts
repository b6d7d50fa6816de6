// The builder of a new model: type, description and directory.
import * as wire from "../wire/index.js";
import type {Directory} from "./directory.js";
import {ValidationError} from "./errors.js";
import {Model} from "./model.js";
import type {CallOptions} from "./options.js";
import type {Transport} from "./transport.js";

/** A kind of model, such as `modelTypes.AI_CAST.BASE`. */
export interface ModelKind {
  readonly modelType: string;
  readonly subModelType: string;
}

/**
 * ```ts
 * const {AiCast} = await ikigai.modelTypes();
 * const model = await app.model.new("Demand").modelType(AiCast.Base).build();
 * ```
 */
export class NewModel {
  #kind: ModelKind | undefined;
  #description = "";
  #directory: Directory<Model> | undefined;

  /** Made by `app.model.new`. */
  constructor(
    private readonly transport: Transport,
    private readonly appId: string,
    private readonly name: string
  ) {}

  /** What kind of model it is: of a model type, one of its sub-model types. */
  modelType(kind: ModelKind): this {
    this.#kind = kind;
    return this;
  }

  /** What it is for. */
  description(description: string): this {
    this.#description = description;
    return this;
  }

  /** Puts it into a directory of the app's models. */
  directory(directory: Directory<Model>): this {
    this.#directory = directory;
    return this;
  }

  /** Makes it. Throws `ValidationError` when its kind isn't known. */
  async build(options: CallOptions = {}): Promise<Model> {
    const {transport, appId, name} = this;
    const {modelType, subModelType} = this.#kind ?? {};
    if (!modelType || !subModelType) {
      throw new ValidationError(
        `model "${name}" needs a modelType, and of a model type one of its sub-models: such as modelTypes.Linear.Lasso`
      );
    }
    const directory = this.#directory?.ref ?? null;
    const description = this.#description;
    const {modelId} = await transport.call(
      wire.createModel,
      {model: {appId, name, directory, modelType, subModelType, description}},
      options
    );
    return new Model(transport, (await transport.call(wire.getModel, {appId, modelId}, options)).model);
  }
}
