// The first state of a new folder: the seed's apps, all of them in one transaction, their bytes in the object store.
import {copyFile, writeFile} from "node:fs/promises";
import type {DuckDBInstance} from "@duckdb/node-api";
import {columnNames} from "../tabular/column-names.js";
import {readHeader} from "../tabular/csv-header.js";
import {columnTypes} from "./column-types.js";
import {reason} from "./error.js";
import {newId} from "./id.js";
import type {ObjectStore} from "./objects.js";
import type {DatasetRecord, DataTypes, DirectoryRecord, ModelRecord} from "./records.js";
import type {SeedApp, SeedDataset, SeedDirectory, SeedModel} from "./seed/types.js";
import {put, type Change} from "./state.js";

/** The changes that make these apps `owner`'s; nothing refers to the stored bytes before they are written. */
export async function seedChanges(
  seeds: SeedApp[],
  owner: string,
  objects: ObjectStore,
  duckdb: DuckDBInstance
): Promise<Change[]> {
  const changes: Change[] = [];
  for (const seed of seeds) changes.push(...(await appChanges(seed, owner, objects, duckdb)));
  return changes;
}

async function appChanges(
  seed: SeedApp,
  owner: string,
  objects: ObjectStore,
  duckdb: DuckDBInstance
): Promise<Change[]> {
  const now = Date.now();
  const appId = newId();
  const dated = {createdAt: now, modifiedAt: now};
  const directories = new Map<string, DirectoryRecord>();

  const directory = ({type, name, parent}: SeedDirectory): string => {
    const key = `${type} ${name}`;
    const known = directories.get(key) ?? {id: newId(), type, name, parentId: "", appId, owner: ""};
    const parentId = parent === undefined ? known.parentId : directory({type, name: parent});
    directories.set(key, {...known, parentId});
    return known.id;
  };
  const directoryId = (type: SeedDirectory["type"], name: string | undefined) =>
    name === undefined ? "" : directory({type, name});

  const dataset = async (one: SeedDataset): Promise<DatasetRecord> => {
    const {objectId, size} = await objects.store((path) =>
      typeof one.csv === "string" ? writeFile(path, one.csv) : copyFile(one.csv.path, path)
    );
    const dataTypes = await seedTypes(duckdb, objects.path(objectId), one).catch((error: unknown) => {
      throw new Error(`The seed's dataset "${one.name}" of the app "${seed.name}": ${reason(error)}`);
    });
    const filename = `${one.name}.csv`;
    return {
      ...dated,
      id: newId(),
      appId,
      name: one.name,
      filename,
      dataTypes,
      directoryId: directoryId("DATASET", one.directory),
      size,
      objectId,
      isOptimized: false,
      agentAccess: false,
      job: {status: "SUCCESS", filename},
      log: [{status: "SUCCESS", jobType: "UPLOAD_DATASET", message: "", timestamp: now}]
    };
  };

  const model = (one: SeedModel): Change[] => {
    const record: ModelRecord = {
      ...dated,
      id: newId(),
      appId,
      name: one.name,
      directoryId: directoryId("MODEL", one.directory),
      modelType: one.modelType,
      subModelType: one.subModelType,
      description: one.description
    };
    const versions = one.versions.map(({version, hyperparameters, metrics, createdAt}) => {
      const time = createdAt.getTime();
      const dates = {createdAt: time, modifiedAt: time};
      return put("modelVersions", {
        ...dates,
        id: newId(),
        modelId: record.id,
        version,
        hyperparameters,
        metrics
      });
    });
    return [put("models", record), ...versions];
  };

  for (const one of seed.directories ?? []) directory(one);
  const components: Change[] = [];
  const datasetIds = new Map<string, string>();
  for (const one of seed.datasets) {
    const record = await dataset(one);
    datasetIds.set(one.name, record.id);
    components.push(put("datasets", record));
  }
  components.push(...seed.models.flatMap(model));
  for (const {name, directory, definition, highVolume = false} of seed.flows ?? []) {
    components.push(
      put("flows", {
        ...dated,
        id: newId(),
        appId,
        name,
        directoryId: directoryId("PIPELINE", directory),
        definition: withDatasetIds(definition, datasetIds, name) as Record<string, unknown>,
        highVolumePreference: highVolume,
        agentAccess: false,
        schedule: null,
        running: null
      })
    );
  }
  const app = put("apps", {
    ...dated,
    id: appId,
    name: seed.name,
    owner,
    description: seed.description,
    icon: "",
    images: [],
    directoryId: "",
    access: {},
    lastUsedAt: now
  });
  return [app, ...[...directories.values()].map((one) => put("directories", one)), ...components];
}

/** The types that the seed gives, and for columns that it gives none those of the data. */
async function seedTypes(duckdb: DuckDBInstance, path: string, {dataTypes}: SeedDataset): Promise<DataTypes> {
  if (dataTypes) {
    // Data that an upload would refuse is welcome in a seed that says what its columns are.
    const {fields} = await readHeader(path).catch(() => ({fields: []}));
    if (columnNames(fields).every(({onPlatform}) => dataTypes[onPlatform])) return dataTypes;
  }
  return {...(await columnTypes(duckdb, path)), ...dataTypes};
}

/** Puts a dataset's id wherever a flow's definition says `{dataset: "<name>"}`. */
function withDatasetIds(value: unknown, ids: ReadonlyMap<string, string>, flow: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withDatasetIds(item, ids, flow));
  const entries = Object.entries(value);
  const [key, name] = entries[0] ?? [];
  if (entries.length === 1 && key === "dataset" && typeof name === "string") {
    const id = ids.get(name);
    if (id === undefined)
      throw new Error(`The seed's flow "${flow}" names the dataset "${name}", which doesn't exist`);
    return id;
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, withDatasetIds(item, ids, flow)]));
}
