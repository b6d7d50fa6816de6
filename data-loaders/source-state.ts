// What the platform says of a source: enough to tell whether it has changed, at the price of a listing and without its data.
import {createHash} from "node:crypto";
import {modelTables, type CheckedConfig, type FileSource} from "../lib/config/index.js";
import type {Ikigai} from "../lib/client/index.js";
import {flowList} from "./flows.js";
import type {Lookup} from "./lookup.js";
import {modelRows} from "./model-versions.js";

/** What a source is now. Two states that are equal mean the same content. */
export type SourceState = Record<string, string | number | null>;

interface Asked {
  client: Ikigai;
  find: Lookup;
  config: CheckedConfig;
  signal?: AbortSignal;
}

/** Asks for the state of what a file is made from. The catalog has none of its own: it is made from the others'. */
export async function stateOf(
  source: Exclude<FileSource, {kind: "catalog"}>,
  {client, find, config, signal}: Asked
): Promise<SourceState> {
  switch (source.kind) {
    case "dataset":
    case "editions":
    case "part":
    case "parts": {
      const {name, datasetId: id, modifiedAt, size: bytes} = await find.dataset(source);
      return {name, id, modified_at: modifiedAt.toISOString(), bytes};
    }
    case "model": {
      const {model, versions} = await find.model(source);
      // A new version need not touch the model's own time.
      const modified = Math.max(...[model, ...versions].map(({modifiedAt}) => modifiedAt.getTime()));
      return {
        name: model.name,
        id: model.modelId,
        modified_at: new Date(modified).toISOString(),
        bytes: null,
        content: digest(modelTables.map((table) => modelRows(table, model, versions)))
      };
    }
    case "flows":
      return {content: digest(await flowList(config, {client, find}))};
    case "specs":
      return {content: digest(await specs(client, signal))};
  }
}

/** The platform's kinds of facets and of models. */
export async function specs(client: Ikigai, signal?: AbortSignal): Promise<object> {
  const [facets, models] = await Promise.all([client.facetSpecs({signal}), client.modelSpecs({signal})]);
  return {facets, models};
}

/** SHA-256 of a value that JSON can say. */
export const digest = (value: unknown): string => digestOfText(JSON.stringify(value));

export const digestOfText = (text: string): string => createHash("sha256").update(text).digest("hex");
