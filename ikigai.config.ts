// What this site needs from Ikigai. Here it is the demo's data, which the local platform seeds itself with.
import {defineConfig} from "ikigai-kit";

/** The forecasts that were made last, for a first chart that needs no database. */
const latest = `SELECT * EXCLUDE (actual) FROM dataset WHERE origin = (SELECT max(origin) FROM dataset)`;

/** The errors summed up in each of four ways, for the first picture of the page on errors. */
const errors = ["month", "version", "horizon", "sector"]
  .map(
    (by) =>
      `SELECT '${by}' AS dimension, ${by === "month" ? "strftime(month, '%Y-%m-%d')" : `${by}::VARCHAR`} AS key,
         sum(abs(actual - forecast)) AS error, sum(abs(actual)) AS actual
       FROM dataset WHERE actual IS NOT NULL GROUP BY ${by}`
  )
  .join(" UNION ALL ");

const weather = "Seattle weather";

export default defineConfig({
  app: "US employment",
  datasets: {
    "employment-history": {dataset: "Employment history"},
    "employment-forecast": {dataset: "Employment forecast"},
    "employment-latest": {dataset: "Employment forecast", sql: latest},
    "employment-errors": {dataset: "Employment forecast", sql: `${errors} ORDER BY dimension, key`},
    "employment-outlook": {dataset: "Employment outlook"},
    "weather-history": {app: weather, dataset: "Weather history"},
    "weather-forecast": {app: weather, dataset: "Weather forecast"},
    "weather-latest": {app: weather, dataset: "Weather forecast", sql: latest},
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
      label: "Forecast employment again",
      help: "Trains on the history of every sector, and forecasts as many months as you want.",
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
          label: "Learn from",
          help: "The first month to learn from. With too little history no forecast can be made, and the run says so."
        }
      },
      writes: ["employment-outlook"]
    },
    "employment-since": {
      flow: "Employment since",
      label: "Cut the history",
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
      label: "Forecast temperature again",
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
