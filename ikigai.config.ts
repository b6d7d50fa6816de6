// What this site needs from Ikigai. Here it is the demo's data, which the local platform seeds itself with.
import {defineConfig} from "ikigai-kit";
import {summarySql, type MeasureName} from "ikigai-kit/metrics";
import {arePartsSql} from "./src/components/sectors.js";

// What first charts are drawn from, so that none waits for a database: the forecasts that were made last, the days before them, when
// forecasts were made, and how good they were.
const latest = `SELECT * EXCLUDE (actual) FROM dataset WHERE origin = (SELECT max(origin) FROM dataset)`;
// The newest forecasts whose actual values are all known.
const compared = `SELECT * FROM dataset WHERE origin = (
  SELECT max(origin) FROM dataset WHERE actual IS NOT NULL AND horizon = (SELECT max(horizon) FROM dataset))`;
const recent = `SELECT * FROM dataset WHERE date > (SELECT max(date) FROM dataset) - INTERVAL 84 DAY ORDER BY date`;
const origins = `SELECT DISTINCT origin FROM dataset ORDER BY origin DESC`;

/**
 * A measure by each of these lists of columns; a row has null in the columns that it isn't grouped by. Where it isn't by `series`, only
 * the rows that `pooled` keeps count: series may contain others.
 */
const accuracy = (measure: MeasureName, groups: string[][], {series = "", pooled = "true"} = {}) =>
  `WITH pool AS (FROM dataset WHERE ${pooled}) ${groups
    .map((by) => `FROM (${summarySql(by.includes(series) ? "dataset" : "pool", {by, measures: [measure]})})`)
    .join(" UNION ALL BY NAME ")}`;

/** The errors of the sectors that contain no others, summed up in each of four ways, for the first picture of the page on errors. */
const errors = ["month", "version", "horizon", "sector"]
  .map(
    (by) =>
      `SELECT '${by}' AS dimension, ${by === "month" ? "strftime(month, '%Y-%m-%d')" : `${by}::VARCHAR`} AS key,
         sum(abs(actual - forecast)) AS error, sum(abs(actual)) AS actual
       FROM dataset WHERE actual IS NOT NULL AND ${arePartsSql} GROUP BY ${by}`
  )
  .join(" UNION ALL ");

const weather = "Seattle weather";

export default defineConfig({
  app: "US employment",
  datasets: {
    "employment-history": {dataset: "Employment history"},
    "employment-forecast": {dataset: "Employment forecast"},
    "employment-latest": {dataset: "Employment forecast", sql: latest},
    "employment-compared": {dataset: "Employment forecast", sql: compared},
    "employment-errors": {dataset: "Employment forecast", sql: `${errors} ORDER BY dimension, key`},
    "employment-origins": {dataset: "Employment forecast", sql: origins},
    "employment-accuracy": {
      dataset: "Employment forecast",
      sql: accuracy(
        "wape",
        [["version"], ["version", "horizon"], ["version", "sector"], ["version", "sector", "horizon"]],
        {series: "sector", pooled: arePartsSql}
      )
    },
    "employment-outlook": {dataset: "Employment outlook"},
    "weather-history": {app: weather, dataset: "Weather history"},
    "weather-forecast": {app: weather, dataset: "Weather forecast"},
    "weather-recent": {app: weather, dataset: "Weather history", sql: recent},
    "weather-latest": {app: weather, dataset: "Weather forecast", sql: latest},
    "weather-origins": {app: weather, dataset: "Weather forecast", sql: origins},
    "weather-accuracy": {
      app: weather,
      dataset: "Weather forecast",
      sql: accuracy("mae", [
        ["version", "measure"],
        ["version", "measure", "horizon"]
      ])
    },
    "temperature-outlook": {app: weather, dataset: "Temperature outlook"}
  },
  models: {
    "employment-model": {model: "Employment aiCast"},
    "weather-model": {app: weather, model: "Temperature aiCast"}
  },
  // What a viewer may start, with which variables, and what is pulled again when a run has ended well.
  flows: {
    reforecast: {
      flow: "Re-forecast employment",
      label: "Re-run employment forecast",
      help: "Trains on the history of every sector, and forecasts as many months as you choose.",
      variables: {
        horizon: {
          type: "integer",
          min: 1,
          max: 24,
          default: 12,
          label: "Months ahead"
        },
        since: {
          type: "date",
          min: "2006-01-01",
          max: "2015-12-01",
          default: "2006-01-01",
          label: "Training starts",
          help: "The first month of the history that the forecast is trained on. Not enough complete history: choose an earlier start."
        }
      },
      writes: ["employment-outlook"]
    },
    "employment-since": {
      flow: "Employment since",
      label: "Export recent history",
      help: "Exports the months from a day on as the dataset “Recent employment”, which no page here draws.",
      variables: {
        since: {
          type: "date",
          min: "2006-01-01",
          max: "2015-12-01",
          default: "2010-01-01",
          label: "From"
        }
      },
      whenRunning: "queue"
    },
    "reforecast-temperature": {
      app: weather,
      flow: "Re-forecast temperature",
      label: "Re-run temperature forecast",
      help: "Trains on four years of Seattle’s daily highs.",
      variables: {
        horizon: {type: "integer", min: 1, max: 56, default: 28, label: "Days ahead"}
      },
      writes: ["temperature-outlook"]
    }
  },
  // The demo's platform is on this machine and belongs to whoever started it, so its viewers may run what they build.
  allowDefinitions: ["US employment"]
});
