/** What columns of forecasts are usually called, and which column of a table has such a name. Runs in pages. */

/** What a column of a table of forecasts is for. */
export type Role = keyof typeof usualNames;

/** Usual names, the most telling first, in lower case and without what isn't a letter or digit. */
const usualNames = {
  time: [
    "time",
    "date",
    "ds",
    "month",
    "timestamp",
    "datetime",
    "targettime",
    "targetdate",
    "week",
    "day",
    "hour",
    "quarter",
    "year",
    "period"
  ],
  actual: [
    "actual",
    "actuals",
    "y",
    "actualvalue",
    "observed",
    "observation",
    "ytrue",
    "value",
    "target",
    "sales",
    "demand",
    "quantity"
  ],
  forecast: [
    "forecast",
    "forecasts",
    "yhat",
    "prediction",
    "predictions",
    "predicted",
    "ypred",
    "forecastvalue",
    "mean",
    "median"
  ],
  lower: ["lower", "lo", "yhatlower", "forecastlower", "lowerbound", "predictionlower", "low"],
  upper: ["upper", "hi", "yhatupper", "forecastupper", "upperbound", "predictionupper", "high"],
  series: ["series", "uniqueid", "seriesid", "itemid", "tsid"],
  version: ["version", "modelversion", "model", "modelname"],
  horizon: ["horizon", "step", "lead", "leadtime", "stepsahead"],
  origin: [
    "origin",
    "cutoff",
    "forecastorigin",
    "forecastdate",
    "forecasttime",
    "madeon",
    "issuedat",
    "edition"
  ],
  parent: ["parent", "parentseries", "parentid", "partof"],
  feature: ["feature", "featurename", "variable", "predictor"],
  importance: ["importance", "value", "score", "gain"],
  hyperparameter: ["hyperparameter", "parameter", "param", "name"],
  metric: ["metric", "measure", "name"]
} as const satisfies Record<string, readonly string[]>;

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The one of these names that is usual for the role, such as "ds" for times; undefined if there is none. */
export function usualColumn(names: readonly string[], role: Role): string | undefined {
  if (names.includes(role)) return role;
  for (const usual of usualNames[role]) {
    const found = names.find((name) => plain(name) === usual);
    if (found !== undefined) return found;
  }
  return undefined;
}
