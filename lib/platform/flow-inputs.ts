// What a run may read of the platform: the datasets and models of its flow's app, and the custom facets of the user
// who runs it.
import {join} from "node:path";
import {facetAccess} from "./access.js";
import type {Host} from "./engine/index.js";
import {newId} from "./id.js";
import {ofApp} from "./list.js";
import {versionsOf} from "./model-version.js";
import type {ObjectStore} from "./objects.js";
import type {State} from "./state.js";

/** Lends the engine what it asks for; datasets come as files in `folder`, the run's own. */
export function lenders(
  state: State,
  objects: ObjectStore,
  appId: string,
  user: string,
  folder: string
): Host {
  const {datasets, models, customFacets, customFacetVersions} = state.tables;
  return {
    dataset: async (id) => {
      const record = datasets.get(id);
      if (record?.appId !== appId || !record.objectId) return undefined;
      const path = join(folder, `${newId()}.csv`);
      await objects.lend(record.objectId, path);
      return {name: record.name, path, dataTypes: record.dataTypes};
    },

    model: async (name) => {
      const record = ofApp(models, appId).find((model) => model.name === name);
      if (!record) return undefined;
      const {modelType, subModelType} = record;
      const versions = versionsOf(state, record.id).map(({version, learned}) => ({version, state: learned}));
      return {name, modelType, subModelType, versions};
    },

    customFacet: async (id, versionId) => {
      const facet = customFacets.get(id);
      if (!facet || !facetAccess(facet, user)) return undefined;
      const versions = [...customFacetVersions.values()].filter((version) => version.customFacetId === id);
      const version = versionId === "" ? versions.at(-1) : versions.find((one) => one.id === versionId);
      if (!version && versionId !== "") return undefined;
      const {script, arguments: args} = version ?? facet;
      return {name: facet.name, script, arguments: args};
    }
  };
}
