// Facets that train a model or run one. Their group is what marks them as model facets.
import {boolean, map, number, text} from "../argument.js";
import {facet, facetGroup} from "../facet.js";
import type {ArgumentSpec} from "../types.js";

/** Which model, and what to tell it; the model's own spec says what its maps may hold. */
const modelWith = (version: ArgumentSpec[]): ArgumentSpec[] => [
  text("model_name", {required: true}),
  ...version,
  text("model_type", {hidden: true}),
  text("sub_model_type", {hidden: true}),
  map("parameters", [])
];
const model = modelWith([text("model_version", {required: true})]);

const withHyperparameters = [...model, map("hyperparameters", [])];

/** PREDICT takes the version by either name. */
const predict = [...modelWith([text("model_version"), text("version")]), map("hyperparameters", [])];

/** aiCast takes its hyperparameters by group, one argument a group. */
const aiCastGroups: ArgumentSpec[] = [
  map("processing", [
    text("type"),
    text("hierarchical_type"),
    boolean("return_all_levels"),
    text("fill_missing_values"),
    number("drop_threshold"),
    boolean("include_reals"),
    boolean("nonnegative")
  ]),
  map("model_selection", [
    text("models_to_include", {list: true}),
    text("eval_method"),
    number("time_budget"),
    number("computation_budget"),
    boolean("enable_parallel_processing"),
    boolean("best_model_only"),
    number("confidence"),
    boolean("enable_conformal_interval"),
    map(
      "fine_tune",
      [
        text("filter", {list: true}),
        number("growth"),
        map("hyperparameters", []),
        number("scaling"),
        text("sub_model_type")
      ],
      {list: true}
    ),
    map("experiment_selection", [])
  ]),
  map("metrics", [number("interval_to_predict"), number("holdout_period"), text("metric")], {list: true})
];

const primaryOrAuxiliary = [text("input_type", {options: ["primary", "auxiliary"]})];

export const machineLearning = facetGroup("MID", "MACHINE_LEARNING", [
  facet("AI_CAST", "M_043", [...model, ...aiCastGroups], {
    parents: [1, 2],
    inArrows: primaryOrAuxiliary,
    keywords: ["forecast", "time series"]
  }),
  facet("AI_LLM", "M_044", withHyperparameters),
  facet("AI_MATCH", "M_045", withHyperparameters, {
    parents: [1, 2],
    inArrows: [text("table_side", {options: ["left", "right"]})]
  }),
  facet("AI_PLAN", "M_046", withHyperparameters),
  facet("AI_PREDICT", "M_047", withHyperparameters),
  facet("PREDICT", "M_016", predict, {keywords: ["regression", "train"]}),
  facet("TIME_SERIES_ANALYSIS", "M_048", withHyperparameters, {keywords: ["forecast"]})
]);
