// Calls that search: each finds what has the query in its name.
import {z} from "zod";
import {appFor} from "../access.js";
import * as answer from "../answer.js";
import {get, type Call} from "../call.js";
import type {Context} from "../context.js";
import {id} from "../field.js";
import {cut, matches, ofApp} from "../list.js";
import {latestVersionId} from "../model-version.js";
import {appsOf} from "./apps.js";
import {customFacetsOf, showCustomFacet} from "./custom-facets.js";

const query = z.string();
const inProject = z.object({project_id: id, query});

export function searchCalls(context: Context): Call[] {
  const {state} = context;
  return [
    get("/search/search-projects-for-user", z.object({query}), ({query}, user) => {
      const {items, limit_warning} = cut(appsOf(context, user).filter(matches(query)), "projects");
      return {projects: items.map(answer.app), limit_warning};
    }),

    get("/search/search-datasets-for-project", inProject, ({project_id, query}, user) => {
      const app = appFor(state, project_id, user);
      const {items, limit_warning} = cut(
        ofApp(state.tables.datasets, app.id).filter(matches(query)),
        "datasets"
      );
      return {datasets: items.map(answer.dataset), limit_warning};
    }),

    get("/search/search-pipelines-for-project", inProject, ({project_id, query}, user) => {
      const app = appFor(state, project_id, user);
      const {items, limit_warning} = cut(
        ofApp(state.tables.flows, app.id).filter(matches(query)),
        "pipelines"
      );
      return {pipelines: items.map(answer.flow), limit_warning};
    }),

    get("/search/search-models-for-project", inProject, ({project_id, query}, user) => {
      const app = appFor(state, project_id, user);
      const {items, limit_warning} = cut(ofApp(state.tables.models, app.id).filter(matches(query)), "models");
      return {models: items.map((one) => answer.model(one, latestVersionId(state, one.id))), limit_warning};
    }),

    get("/search/search-custom-facets-for-user", z.object({query}), ({query}, user) => ({
      custom_facets: customFacetsOf(context, user)
        .filter(matches(query))
        .map((facet) => showCustomFacet(facet, user))
    }))
  ];
}
