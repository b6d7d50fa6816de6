// AI_CAST: forecasts each series by the method that was best for it in the past.
import {FacetError} from "../failure.js";
import {forecast} from "../models/forecast.js";
import type {Fill} from "../models/series.js";
import {type ModelSettings, readModel} from "../models/settings.js";
import type {Step} from "../step.js";

/** Budgets and parallel processing are taken and not needed: the methods here take milliseconds a series. */
export async function aiCast(step: Step): Promise<string> {
  const settings = await readModel(step, "Ai Cast");
  const primary = step.inputs.find(({arguments: args}) => args.input_type === "primary") ?? step.inputs[0]!;
  if (step.inputs.length > 1)
    step.note("the methods here learn from a series' own past: the auxiliary table was not used");
  const {hyperparameters} = settings;
  const horizon = hyperparameters.count("interval_to_predict");
  const hierarchy = hierarchyOf(settings);
  return forecast({...step, inputs: [primary]}, settings, {
    models: hyperparameters.texts("models_to_include"),
    window: 3,
    evaluation: {
      method: hyperparameters.text("eval_method") as "cv" | "holdout",
      horizon,
      holdout:
        hyperparameters.optionalNumber("holdout_period") === undefined
          ? horizon
          : hyperparameters.count("holdout_period"),
      metric: hyperparameters.text("metric"),
      confidence: confidenceOf(settings)
    },
    bestOnly: hyperparameters.flag("best_model_only"),
    nonnegative: hyperparameters.flag("nonnegative"),
    conformal: hyperparameters.flag("enable_conformal_interval"),
    includeReals: hyperparameters.flag("include_reals"),
    fill: hyperparameters.text("fill_missing_values") as Fill,
    dropThreshold: hyperparameters.number("drop_threshold"),
    ...(hierarchy && {hierarchy})
  });
}

function hierarchyOf({hyperparameters}: ModelSettings) {
  if (hyperparameters.text("type") === "base") return undefined;
  const kind = hyperparameters.text("hierarchical_type");
  if (kind !== "bottom_up" && kind !== "top_down") {
    throw new FacetError(
      `hierarchical_type '${kind}' can't run on this platform: use 'bottom_up' or 'top_down'`
    );
  }
  return {kind, allLevels: hyperparameters.flag("return_all_levels")} as const;
}

/** The coverage of intervals. Throws a FacetError where it is none. */
export function confidenceOf({hyperparameters}: ModelSettings): number {
  const confidence = hyperparameters.number("confidence");
  if (confidence > 0 && confidence < 1) return confidence;
  throw new FacetError(
    `hyperparameter 'confidence' is ${confidence}: give a number between 0 and 1, such as 0.9`
  );
}
