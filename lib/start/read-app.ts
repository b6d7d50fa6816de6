// Reads what is in an app, as far as starting a project needs to know it.
import type {App, Dataset, Flow, Model} from "../client/index.js";
import type {FoundApp, FoundColumn, FoundDataset, FoundFlow, FoundModel} from "./found.js";
import {needsValues} from "./shape.js";

/** Rows of larger datasets aren't read to find out what they hold. In bytes. */
const largestRead = 4_000_000;

interface ReadOptions {
  signal?: AbortSignal;
  /** Called as work goes on. */
  onProgress?: (label: string, done: number, total: number) => void;
}

/** Everything in the app, the newest first. Rows are read only of small datasets whose columns' names don't tell what they hold. */
export async function readApp(app: App, {signal, onProgress}: ReadOptions = {}): Promise<FoundApp> {
  const [datasets, models, flows] = await Promise.all([
    app.datasets.list({signal}),
    app.models.list({signal}),
    app.flows.list({signal})
  ]);
  const total = datasets.size + models.size;
  let done = 0;
  const each = async <Item extends {name: string}, Found>(
    items: Iterable<Item>,
    read: (item: Item) => Promise<Found>
  ) => {
    const found: Found[] = [];
    for (const item of items) {
      onProgress?.(item.name, done++, total);
      found.push(await read(item));
    }
    return found;
  };
  return {
    id: app.appId,
    name: app.name,
    datasets: await each(newest(datasets), (dataset) => readDataset(dataset, signal)),
    models: await each(newest(models), (model) => readModel(model, signal)),
    flows: newest(flows).map((flow) => readFlow(flow, [...datasets]))
  };
}

const newest = <Item extends {modifiedAt: Date}>(items: Iterable<Item>): Item[] =>
  [...items].sort((a, b) => +b.modifiedAt - +a.modifiedAt);

/** What a dataset's metadata says, and its rows where that isn't enough. */
export async function readDataset(dataset: Dataset, signal?: AbortSignal): Promise<FoundDataset> {
  const {datasetId: id, name, size: bytes} = dataset;
  const columns = Object.entries(dataset.dataTypes).map(([name, {dataType}]) => ({
    name,
    kind: kindOf(dataType)
  }));
  const found = {id, name, bytes, columns};
  if (bytes > largestRead || !needsValues(found)) return found;
  return {...found, rows: await dataset.rows({signal})};
}

const kindOf = (type: string): FoundColumn["kind"] =>
  type === "NUMERIC" ? "number" : type === "TIME" ? "time" : "text";

/** A model, and how many versions it has. */
export async function readModel(model: Model, signal?: AbortSignal): Promise<FoundModel> {
  return {id: model.modelId, name: model.name, versions: [...(await model.versions({signal}))].length};
}

/** A flow's variables, and the datasets that it writes. */
export function readFlow({flowId: id, name, definition}: Flow, datasets: readonly Dataset[]): FoundFlow {
  const variables = Object.entries(definition?.variables ?? {}).filter(([, {isList}]) => !isList);
  const sources = new Set(definition?.arrows.map(({source}) => source));
  const outputs = (definition?.facets ?? []).filter(({facetId}) => !sources.has(facetId));
  return {
    id,
    name,
    variables: variables.map(([name, variable]) => ({
      name,
      value: variable.value ?? defaultOf(definition!, variable)
    })),
    writes: outputs.flatMap(({arguments: given}) =>
      datasets
        .filter(({name, datasetId}) => given.dataset_name === name || given.dataset_id === datasetId)
        .map(({name}) => name)
    )
  };
}

/** A variable sets an argument of a facet: what is there is its value by default. */
const defaultOf = (
  {facets}: NonNullable<Flow["definition"]>,
  {facetName, name}: {facetName?: string; name: string}
): unknown => facets.find((facet) => facet.name === facetName)?.arguments[name];
