// The metrics that kinds of models report. Lists travel as maps with "0", "1", … for keys.

const listed = (values: unknown[]) => Object.fromEntries(values.map((value, i) => [String(i), value]));

const measure = (name: string, types: string[]) => ({
  name,
  parameters: {},
  target_column_data_types: types
});

const numbers = ["NUMERIC", "TIME"];
const classes = ["TEXT", "CATEGORICAL"];

const importance = (...names: string[]) => listed(names.map((name) => ({name})));

/** Regression when the target is a number, classification when it isn't. */
export const supervised = (...featureImportance: string[]) => ({
  feature_importance: importance("shapley", "permutation", ...featureImportance),
  performance: listed([
    measure("r2", numbers),
    measure("neg_mean_absolute_error", numbers),
    measure("neg_mean_squared_error", numbers),
    measure("accuracy", classes),
    measure("balanced_accuracy", classes)
  ])
});

const forecastMeasure = (name: string) => ({
  name,
  parameters: listed([
    {
      default_value: 0.5,
      have_options: false,
      is_deprecated: false,
      is_hidden: false,
      is_list: false,
      name: "overforecast_weight",
      options: [],
      parameter_type: "NUMBER"
    }
  ]),
  target_column_data_types: numbers
});

/** Errors of a backtest. */
export const forecasting = {
  feature_importance: {},
  performance: listed(
    [
      "weighted_mean_absolute_percentage_error",
      "mean_absolute_percentage_error",
      "mean_absolute_error",
      "mean_squared_error"
    ].map(forecastMeasure)
  )
};

const anyColumn = [...numbers, ...classes];

/** Models without a target: what they report is said by name alone. */
export const unsupervised = (...names: string[]) => ({
  feature_importance: {},
  performance: listed(names.map((name) => measure(name, anyColumn)))
});
