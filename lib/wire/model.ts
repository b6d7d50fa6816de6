// Models and their versions: each run of a flow with a model in it leaves a version.
import * as z from "../zod/index.js";
import {get, post} from "./call.js";
import {directoryOfComponent, targetDirectory} from "./directory.js";
import {message} from "./message.js";
import {flag, freeMap, limitWarning, maybe, text, time} from "./scalars.js";

/** A model's fields, for `model` and for the outline of it in an app's components. */
export const modelFields = {
  appId: text,
  modelId: text,
  name: text,
  latestVersionId: maybe(text),
  directory: directoryOfComponent,
  modelType: text,
  subModelType: text,
  description: text,
  createdAt: time,
  modifiedAt: time
};
/** A model. What it has learned is in its versions. */
export const model = message(modelFields);
export interface Model extends z.output<typeof model> {}

/** `version` is its name. `hyperparameters` and `metrics` are nested as the model has them, and differ by model. */
export const modelVersion = message({
  versionId: text,
  modelId: text,
  version: text,
  hyperparameters: freeMap,
  metrics: freeMap,
  createdAt: time,
  modifiedAt: time
});
export interface ModelVersion extends z.output<typeof modelVersion> {}

const listed = message({models: z.array(model), limitWarning});
const changed = message({modelId: text});
const ids = {appId: text, modelId: text};

/** By id or by name. */
export const getModel = get(
  "/component/get-model",
  message({appId: text, modelId: text.optional(), name: text.optional()}),
  message({model})
);
/** Every model of an app, or with `fetchAll: false` those right in a directory. */
export const listModels = get(
  "/component/get-models-for-project",
  message({appId: text, fetchAll: flag, directoryId: text.optional()}),
  listed
);
/** An app's models whose name contains `query`. */
export const searchModels = get(
  "/search/search-models-for-project",
  message({appId: text, query: text}),
  listed
);
/** One version, by its id. */
export const getModelVersion = get(
  "/component/get-model-version",
  message({appId: text, versionId: text}),
  message({modelVersion})
);
/** Every version of a model. */
export const listModelVersions = get(
  "/component/get-model-versions",
  message(ids),
  message({versions: z.array(modelVersion)})
);
/** Makes a model that has no version yet: a flow that trains it adds the first. */
export const createModel = post(
  "/component/create-model",
  message({
    model: message({
      appId: text,
      name: text,
      directory: targetDirectory,
      modelType: text,
      subModelType: text,
      description: text
    })
  }),
  changed
);
/** Changes what is given and leaves the rest. */
export const editModel = post(
  "/component/edit-model",
  message({
    model: message({
      ...ids,
      name: text.optional(),
      directory: targetDirectory.optional(),
      description: text.optional()
    })
  }),
  changed
);
/** Deletes a model with its versions. */
export const deleteModel = post("/component/delete-model", message({model: message(ids)}), changed);
