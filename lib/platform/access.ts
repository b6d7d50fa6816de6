// Who can do what: an app's people are its owner and those it is shared with; a stranger is told that it doesn't exist.
import {forbidden, notFound} from "./error.js";
import type {
  AccessLevel,
  AppRecord,
  Component,
  CustomFacetAccessLevel,
  CustomFacetRecord,
  Tables
} from "./records.js";
import type {State} from "./state.js";

const appRanks: Record<AccessLevel, number> = {VIEWER: 1, BUILDER: 2, OWNER: 3};
const facetRanks: Record<CustomFacetAccessLevel, number> = {RUN: 1, VIEW: 2, EDIT: 3, ADMIN: 4};

type ComponentTable = {
  [Name in keyof Tables]: Tables[Name] extends Component ? Name : never;
}[keyof Tables];

/** What each kind of component is called in messages. */
const titles: Record<ComponentTable, string> = {datasets: "Dataset", flows: "Pipeline", models: "Model"};

export const appAccess = (app: AppRecord, user: string): AccessLevel | undefined =>
  app.owner === user ? "OWNER" : app.access[user];

/** The app, for a user who can use it at this level; throws 404 for strangers and 403 for those with a lower level. */
export function appFor(state: State, appId: string, user: string, needed: AccessLevel = "VIEWER"): AppRecord {
  const app = state.tables.apps.get(appId);
  const level = app && appAccess(app, user);
  if (!app || !level) throw notFound("Project");
  if (appRanks[level] < appRanks[needed]) {
    throw forbidden(`${user} is a ${level} of this project, and this needs a ${needed}`);
  }
  return app;
}

/** A component by its id, with the same rules; `appId` may be left out where the id alone says which app it is. */
export function componentFor<Table extends ComponentTable>(
  state: State,
  table: Table,
  {appId, id}: {appId?: string | undefined; id: string},
  user: string,
  needed: AccessLevel = "VIEWER"
): Tables[Table] {
  if (appId !== undefined) appFor(state, appId, user, needed);
  const component = state.tables[table].get(id);
  if (!component || (appId ?? component.appId) !== component.appId) throw notFound(titles[table]);
  const app = state.tables.apps.get(component.appId);
  if (!app || !appAccess(app, user)) throw notFound(titles[table]);
  appFor(state, component.appId, user, needed);
  return component;
}

export const facetAccess = (facet: CustomFacetRecord, user: string): CustomFacetAccessLevel | undefined =>
  facet.owner === user ? "ADMIN" : facet.access[user];

export function customFacetFor(
  state: State,
  id: string,
  user: string,
  needed: CustomFacetAccessLevel = "RUN"
): CustomFacetRecord {
  const facet = state.tables.customFacets.get(id);
  const level = facet && facetAccess(facet, user);
  if (!facet || !level) throw notFound("Custom facet");
  if (facetRanks[level] < facetRanks[needed]) {
    throw forbidden(`${user} may ${level} this custom facet, and this needs ${needed}`);
  }
  return facet;
}
