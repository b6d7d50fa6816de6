// Removal of what holds other things: the records go in one transaction, their bytes after it.
import type {Context} from "./context.js";
import {ofApp} from "./list.js";
import {versionsOf} from "./model-version.js";
import type {AppRecord, DatasetRecord, FlowRecord, ModelRecord} from "./records.js";
import {drop, type Change, type State} from "./state.js";

const uploadsOf = (state: State, datasetId: string) =>
  [...state.tables.uploads.values()].filter((upload) => upload.datasetId === datasetId);

const withoutDataset = (state: State, dataset: DatasetRecord): Change[] => [
  drop("datasets", dataset.id),
  ...uploadsOf(state, dataset.id).map((upload) => drop("uploads", upload.id))
];

const withoutFlow = (state: State, flow: FlowRecord): Change[] => [
  drop("flows", flow.id),
  ...[...state.tables.flowLogs.values()]
    .filter((log) => log.flowId === flow.id)
    .map((log) => drop("flowLogs", log.id))
];

const withoutModel = (state: State, model: ModelRecord): Change[] => [
  drop("models", model.id),
  ...versionsOf(state, model.id).map((version) => drop("modelVersions", version.id))
];

async function removeDatasets(context: Context, datasets: DatasetRecord[], others: Change[]): Promise<void> {
  const {state, objects, parts} = context;
  const uploads = datasets.flatMap((dataset) => uploadsOf(state, dataset.id));
  await state.commit(...datasets.flatMap((dataset) => withoutDataset(state, dataset)), ...others);
  for (const {objectId} of datasets) if (objectId) await objects.remove(objectId);
  for (const upload of uploads) await parts.remove(upload.id);
}

export const removeDataset = (context: Context, dataset: DatasetRecord) =>
  removeDatasets(context, [dataset], []);

export async function removeFlow({state, runs}: Context, flow: FlowRecord): Promise<void> {
  await state.commit(...withoutFlow(state, flow));
  runs.forget(flow.id);
}

export const removeModel = ({state}: Context, model: ModelRecord) =>
  state.commit(...withoutModel(state, model));

export async function removeApp(context: Context, app: AppRecord): Promise<void> {
  const {state, runs} = context;
  const {datasets, models, directories} = state.tables;
  const flows = ofApp(state.tables.flows, app.id);
  await removeDatasets(context, ofApp(datasets, app.id), [
    drop("apps", app.id),
    ...flows.flatMap((flow) => withoutFlow(state, flow)),
    ...ofApp(models, app.id).flatMap((model) => withoutModel(state, model)),
    ...[...directories.values()]
      .filter((one) => one.appId === app.id)
      .map((one) => drop("directories", one.id))
  ]);
  for (const flow of flows) runs.forget(flow.id);
}
