// Models of series in time: aiCast, which chooses among many, and the single ones.
import {forecasting, unsupervised} from "../metrics.js";
import {boolean, byName, map, model, number, parameter, subModel, text, ungrouped} from "../model.js";

const series = [
  parameter("time_column", {required: true}),
  parameter("identifier_columns", {list: true}),
  parameter("value_column", {required: true}),
  parameter("mode", {default: "train", options: ["train", "fine_tune", "inference", "retrain_inference"]})
];

const processing = [
  text("type", {default: "base", options: ["base", "hierarchical"]}),
  text("hierarchical_type", {
    default: "bottom_up",
    options: [
      "bottom_up",
      "top_down",
      "spatio_temporal_hierarchical",
      "spatio_temporal_grouped",
      "spatio_hierarchical",
      "spatio_grouped"
    ]
  }),
  boolean("return_all_levels", {default: false}),
  text("fill_missing_values", {
    default: "forward_fill",
    options: ["forward_fill", "mean", "linear", "zero"]
  }),
  number("drop_threshold", {default: 0.9}),
  boolean("include_reals", {default: true}),
  boolean("nonnegative", {default: false})
].map((h) => h("processing"));

const models = [
  "Additive",
  "Sma",
  "Deepar",
  "Lgmt1",
  "Last_Interval",
  "Lgm-S",
  "Lgbm",
  "Random_Forest",
  "Lasso",
  "Holt_Winters",
  "Croston",
  "Sarimax",
  "Tsfm0"
];

const modelSelection = [
  text("models_to_include", {
    list: true,
    default: ["Additive", "Lgmt1", "Sma", "Sarimax"],
    options: models
  }),
  text("eval_method", {default: "cv", options: ["cv", "holdout"]}),
  number("time_budget", {default: 100}),
  number("computation_budget", {default: 100}),
  boolean("enable_parallel_processing", {default: false}),
  boolean("best_model_only", {default: true}),
  number("confidence", {default: 0.7}),
  boolean("enable_conformal_interval", {default: false, hidden: true}),
  map("fine_tune", {list: true}, [
    text("filter", {list: true, default: ""}),
    number("growth", {default: 0}),
    map("hyperparameters"),
    number("scaling", {default: 1}),
    text("sub_model_type", {default: "", options: models})
  ]),
  map("experiment_selection")
].map((h) => h("model_selection"));

const metrics = [
  number("interval_to_predict", {default: 10}),
  number("holdout_period", {hidden: true}),
  text("metric", {
    default: "mean_absolute_percentage_error",
    options: [
      "mean_absolute_percentage_error",
      "mean_absolute_error",
      "mean_squared_error",
      "weighted_mean_absolute_percentage_error"
    ]
  })
].map((h) => h("metrics"));

const aiCastHyperparameters = byName([...processing, ...modelSelection, ...metrics]);

/** aiCast's hyperparameters in the order of the document's help, which runs across the groups. */
const documentOrder = [
  "type",
  "hierarchical_type",
  "models_to_include",
  "eval_method",
  "time_budget",
  "computation_budget",
  "enable_parallel_processing",
  "best_model_only",
  "confidence",
  "fine_tune",
  "experiment_selection",
  "return_all_levels",
  "fill_missing_values",
  "drop_threshold",
  "include_reals",
  "nonnegative",
  "interval_to_predict",
  "metric",
  "enable_conformal_interval",
  "holdout_period"
].map((name) => aiCastHyperparameters[name]!);

export const aiCast = model(
  "Ai Cast",
  ["AI", "cast", "time series", "auto", "ML", "AiCast"],
  [subModel("Base", {metrics: forecasting, parameters: series, hyperparameters: documentOrder})]
);

const forecast = ungrouped([
  number("interval_to_predict", {default: 10}),
  number("confidence", {default: 0.7}),
  boolean("nonnegative", {default: false}),
  boolean("include_reals", {default: true})
]);

export const timeSeries = model(
  "Time Series",
  ["time series", "forecast"],
  [
    ...["Additive", "Croston", "Holt_Winters", "Lasso", "Last_Interval", "Sarimax"].map((name) =>
      subModel(name, {metrics: forecasting, parameters: series, hyperparameters: forecast})
    ),
    subModel("Sma", {
      metrics: forecasting,
      parameters: series,
      hyperparameters: [...ungrouped([number("window", {default: 3})]), ...forecast]
    })
  ]
);

const reconciled = [
  parameter("time_column", {required: true}),
  parameter("identifier_columns", {required: true, list: true}),
  parameter("value_column", {required: true})
];

export const reconciliation = model(
  "Reconciliation",
  ["hierarchy", "forecast"],
  [
    subModel("Bottom_Up", {metrics: forecasting, parameters: reconciled}),
    subModel("Top_Down", {metrics: forecasting, parameters: reconciled})
  ]
);

export const changePointDetection = model(
  "Change Point Detection",
  ["change point", "time series"],
  [
    subModel("Base", {
      metrics: unsupervised(),
      parameters: [
        parameter("time_column", {required: true}),
        parameter("identifier_columns", {required: true, list: true}),
        parameter("value_column", {required: true})
      ],
      hyperparameters: ungrouped([number("window_size")])
    }),
    subModel("Binary_Segmentation", {
      metrics: unsupervised(),
      parameters: reconciled,
      hyperparameters: ungrouped([number("number_of_change_points", {default: 1})])
    }),
    subModel("Pelt", {
      metrics: unsupervised(),
      parameters: reconciled,
      hyperparameters: ungrouped([number("penalty", {default: 10})])
    })
  ]
);

export const supplyChain = model(
  "Supply Chain",
  ["inventory", "safety stock"],
  [
    subModel("Safety_Stock", {
      metrics: unsupervised(),
      parameters: reconciled,
      hyperparameters: ungrouped([
        number("service_level", {default: 0.95}),
        number("lead_time", {default: 1})
      ])
    })
  ]
);
