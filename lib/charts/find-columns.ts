// Finds the columns that a chart needs by their usual names.
import {columnNames, inFiles, type Data} from "../metrics/column.js";

/** What a column is for in a chart. */
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
  ]
} as const satisfies Record<string, readonly string[]>;

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

let latest: {data: Data; names: string[]} | undefined;

/** The names of the data's columns. Kept until the chart is drawn, since one chart asks for several, of maybe a million rows. */
export function namesOf(data: Data): string[] {
  if (latest?.data !== data) {
    latest = {data, names: columnNames(data)};
    queueMicrotask(() => (latest = undefined));
  }
  return latest.names;
}

/** The column with a usual name for this role, such as "ds" for times; undefined if there is none. */
export function findColumn(data: Data, role: Role): string | undefined {
  const names = namesOf(data);
  if (names.includes(role)) return role;
  for (const usual of usualNames[role]) {
    const found = names.find((name) => plain(name) === usual);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As `findColumn`; without one, throws an Error that says what the chart needs and which columns there are. Empty data has none. */
export function needColumn(data: Data, role: Role): string {
  const found = findColumn(data, role);
  if (found !== undefined) return found;
  const names = namesOf(data);
  if (!names.length) return role;
  throw new Error(
    `The chart needs a column for "${role}"${inFiles(data)}, and none has a usual name for it. There are: ${names.join(", ")}. ` +
      `Name it: {${role}: ${JSON.stringify(names[0])}}`
  );
}
