// TIME_SERIES_ANALYSIS: forecasts each series by the one method that the model is.
import {forecast} from "../models/forecast.js";
import {readModel} from "../models/settings.js";
import type {Step} from "../step.js";
import {confidenceOf} from "./ai-cast.js";

export async function timeSeriesAnalysis(step: Step): Promise<string> {
  const settings = await readModel(step, "Time Series");
  const {hyperparameters, model} = settings;
  const horizon = hyperparameters.count("interval_to_predict");
  return forecast(step, settings, {
    models: [model.subModelType],
    window: hyperparameters.optionalNumber("window") === undefined ? 3 : hyperparameters.count("window"),
    evaluation: {
      method: "cv",
      horizon,
      holdout: horizon,
      metric: "mean_absolute_error",
      confidence: confidenceOf(settings)
    },
    bestOnly: true,
    nonnegative: hyperparameters.flag("nonnegative"),
    conformal: false,
    includeReals: hyperparameters.flag("include_reals"),
    fill: "linear",
    dropThreshold: 1
  });
}
