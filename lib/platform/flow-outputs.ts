// What a run leaves behind: its files become the app's datasets, and what its models learned becomes their versions.
import type {OutputDataset, OutputVersion, RunResult} from "./engine/index.js";
import {rejected} from "./error.js";
import {name} from "./field.js";
import {newId} from "./id.js";
import {named, ofApp} from "./list.js";
import {versionsOf} from "./model-version.js";
import type {ObjectStore, StoredObject} from "./objects.js";
import type {DatasetRecord, FlowRecord, ModelVersionRecord} from "./records.js";
import {put, type Change, type State} from "./state.js";

/** A file of the run, in the object store. */
export interface Made {
  dataset: OutputDataset;
  object: StoredObject;
}

/** Puts what a run wrote into the object store, where nothing refers to it yet. */
export async function storeOutputs(objects: ObjectStore, {datasets}: RunResult): Promise<Made[]> {
  const made: Made[] = [];
  for (const dataset of datasets) made.push({dataset, object: await objects.join([dataset.path])});
  return made;
}

/** The changes that a run comes to, and the data that they replace. Things of the same name are replaced. */
export function outputChanges(
  state: State,
  flow: FlowRecord,
  result: RunResult,
  made: Made[]
): {changes: Change[]; replaced: DatasetRecord[]} {
  const now = Date.now();
  const written = new Map<string, DatasetRecord>();
  const replaced: DatasetRecord[] = [];
  for (const {dataset, object} of made) {
    const before = written.get(dataset.name) ?? datasetNamed(state, flow.appId, dataset.name);
    if (before) replaced.push(before);
    written.set(dataset.name, {
      ...(before ?? blankDataset(flow.appId, dataset.name, now)),
      filename: `${dataset.name}.csv`,
      dataTypes: dataset.dataTypes,
      size: object.size,
      objectId: object.objectId,
      isOptimized: flow.highVolumePreference,
      modifiedAt: now
    });
  }
  const versions = new Map<string, ModelVersionRecord>();
  const models: Change[] = [];
  for (const output of result.modelVersions) {
    const model = named(ofApp(state.tables.models, flow.appId), output.modelName, "Model");
    models.push(put("models", {...model, modifiedAt: now}));
    const key = JSON.stringify([model.id, output.version]);
    const before =
      versions.get(key) ?? versionsOf(state, model.id).find(({version}) => version === output.version);
    versions.set(key, versionRecord(model.id, output, before, now));
  }
  return {
    changes: [
      ...[...written.values()].map((record) => put("datasets", record)),
      ...models,
      ...[...versions.values()].map((record) => put("modelVersions", record))
    ],
    replaced
  };
}

/** The one dataset of that name, undefined where there is none yet. */
function datasetNamed(state: State, appId: string, wanted: string): DatasetRecord | undefined {
  const checked = name.safeParse(wanted);
  if (!checked.success) throw rejected(`The dataset's name ${checked.error.issues[0]!.message}`);
  const datasets = ofApp(state.tables.datasets, appId);
  return datasets.some((dataset) => dataset.name === wanted) ? named(datasets, wanted, "Dataset") : undefined;
}

const blankDataset = (appId: string, name: string, now: number) => ({
  id: newId(),
  appId,
  name,
  directoryId: "",
  agentAccess: false,
  job: null,
  log: [],
  createdAt: now
});

const versionRecord = (
  modelId: string,
  {version, hyperparameters, metrics, state}: OutputVersion,
  before: ModelVersionRecord | undefined,
  now: number
): ModelVersionRecord => ({
  id: before?.id ?? newId(),
  modelId,
  version,
  hyperparameters,
  metrics,
  learned: state,
  createdAt: before?.createdAt ?? now,
  modifiedAt: now
});
