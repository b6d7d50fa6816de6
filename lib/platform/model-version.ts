// Versions of a model, in the order they were made.
import type {ModelVersionRecord} from "./records.js";
import type {State} from "./state.js";

export const versionsOf = (state: State, modelId: string): ModelVersionRecord[] =>
  [...state.tables.modelVersions.values()].filter((version) => version.modelId === modelId);

/** The newest version's id, "" where there is none. */
export function latestVersionId(state: State, modelId: string): string {
  const newest = versionsOf(state, modelId).reduce<ModelVersionRecord | undefined>(
    (latest, version) => (latest && latest.createdAt > version.createdAt ? latest : version),
    undefined
  );
  return newest?.id ?? "";
}
