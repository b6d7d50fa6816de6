// Writes a flow whose facets stand in a row, each fed by the one before.
import {type ChainGroup, facetSpecs} from "../specs/index.js";
import type {SeedFlow, SeedModel} from "./types.js";

interface Facet {
  uid: string;
  name: string;
  arguments: Record<string, unknown>;
}

/** A facet by its place in the specs; a name is needed only where a run variable sets one of its arguments. */
export function facet(
  chain: ChainGroup,
  group: string,
  type: string,
  args: Record<string, unknown>,
  name = ""
): Facet {
  const spec = facetSpecs[chain][group]?.[type];
  if (!spec) throw new Error(`the specs have no facet ${type} in ${chain} ${group}: name one that they have`);
  return {uid: spec.facet_info.facet_uid, name, arguments: args};
}

export const imported = (dataset: string) =>
  facet("INPUT", "INTERNAL", "IMPORTED", {
    dataset_id: {dataset},
    file_type: "csv",
    header: true,
    use_raw_file: false
  });

export const exported = (name: string) =>
  facet("OUTPUT", "INTERNAL", "EXPORTED", {dataset_name: name, file_type: "csv", header: true});

/** @param variables run variables: each sets an argument of a facet that has a name */
export function flow(
  name: string,
  facets: Facet[],
  variables: Record<string, {facet_name: string; name: string}> = {}
): SeedFlow {
  return {
    name,
    definition: {
      facets: facets.map((each, i) => ({
        facet_id: String(i),
        facet_uid: each.uid,
        name: each.name,
        arguments: each.arguments
      })),
      arrows: facets.slice(1).map((_, i) => ({source: String(i), destination: String(i + 1), arguments: {}})),
      arguments: {},
      variables,
      model_variables: {}
    }
  };
}

/** Trains a version of the model “Outlook aiCast”, and forecasts by it. `horizon` is how many steps. */
export const forecast = ({
  time,
  identifiers,
  value,
  ...settings
}: {
  time: string;
  identifiers: string[];
  value: string;
  nonnegative: boolean;
  confidence: number;
  horizon: number;
  metric: string;
}) =>
  facet(
    "MID",
    "MACHINE_LEARNING",
    "AI_CAST",
    {
      model_name: outlookModel,
      model_version: "re-forecast",
      parameters: {
        time_column: time,
        identifier_columns: identifiers,
        value_column: value,
        mode: "train"
      },
      processing: {type: "base", nonnegative: settings.nonnegative},
      model_selection: {
        models_to_include: ["Last_Interval", "Sma", "Additive"],
        eval_method: "cv",
        best_model_only: true,
        confidence: settings.confidence
      },
      metrics: [{interval_to_predict: settings.horizon, metric: settings.metric}]
    },
    "forecast"
  );

const outlookModel = "Outlook aiCast";

/** The model of a flow that forecasts: of its own, so that no run changes the versions that are compared. */
export const modelOf = (flow: string): SeedModel => ({
  name: outlookModel,
  modelType: "Ai Cast",
  subModelType: "Base",
  description: `What the flow “${flow}” trains: a model of its own, so that no run changes the versions that are compared.`,
  versions: []
});

/**
 * What follows a forecast that looks farther ahead than anybody asks for: the run variable `horizon` says how much of it is
 * exported. A variable sets a facet's argument, and aiCast's own horizon stands inside one.
 */
export const upToHorizon = (time: string, amount: number, unit: "day" | "month") => [
  facet("MID", "WRANGLING", "FREE_FORM_SQL", {
    query: `SELECT *, max(${time}) FILTER (WHERE forecast IS NULL) OVER () AS known_to FROM dataset`
  }),
  facet(
    "MID",
    "TIME",
    "ADD_OR_SUBTRACT_TIME",
    {target_column: "known_to", operation: "add", amount, unit, output_column_name: "horizon"},
    "horizon"
  ),
  facet("MID", "WRANGLING", "FILTER", {formula: `${time} <= horizon`}),
  facet("MID", "WRANGLING", "DROP_COLUMNS", {target_columns: ["known_to", "horizon"]})
];

/** The rows from a day on, which the run variable `since` moves. */
export const since = (time: string, start: string) =>
  facet("MID", "TIME", "FILTER_BY_TIME", {time_column: time, start_time: start}, "since");

/** The run variables of the facets above. */
export const sinceVariable = {since: {facet_name: "since", name: "start_time"}};
export const horizonVariable = {horizon: {facet_name: "horizon", name: "amount"}};
