// What this site needs from Ikigai. Here it is the demo's data, which the local platform seeds itself with.
import {defineConfig} from "ikigai-kit";
import {calibrationSql, residualsSql, summarySql, type MeasureName} from "ikigai-kit/metrics";
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

/** What happened, and levels to compare with: drawn over a sector's values, or over all where `sector` is null. `value` is a level. */
const events = `SELECT NULL::VARCHAR AS sector, * FROM (VALUES
    (DATE '2007-12-01', 'Recession begins', NULL::DOUBLE),
    (DATE '2009-06-01', 'Recession ends', NULL),
    (DATE '2013-10-01', 'Government shutdown', NULL)) AS events(month, name, value)
  UNION ALL
  SELECT sector, NULL, 'Peak before 2009', max(employees) FROM dataset WHERE month < DATE '2009-01-01' GROUP BY sector`;

/** The level of the forecasts' intervals. */
const nominal = 0.9;

/**
 * What the page of a model draws: the newest forecasts whose actual values are known, an error by version and series, how often intervals
 * hold by months or days ahead, of the series that `pooled` keeps, and the mean residual of each series and time.
 */
const modelPage = (series: string, time: string, measure: MeasureName, pooled: string) => ({
  compared: `SELECT ${series} AS series, ${time} AS time, actual, forecast, version, origin FROM (${compared}) ORDER BY ALL`,
  errors: `SELECT ${series} AS series, version, ${measure} AS error
    FROM (${summarySql("dataset", {by: ["version", series], measures: [measure]})}) ORDER BY ALL`,
  calibration: `WITH pool AS (FROM dataset WHERE ${pooled}) ${calibrationSql("pool", {
    by: ["version", "horizon"],
    intervals: [{level: nominal, lower: "lower", upper: "upper"}]
  })}`,
  residuals: `SELECT version, ${series} AS series, time, residual::FLOAT AS residual
    FROM (${residualsSql("dataset", {by: ["version", series], time})}) ORDER BY ALL`
});
const employmentPage = modelPage("sector", "month", "wape", arePartsSql);
const weatherPage = modelPage("measure", "date", "mae", "measure IN ('temp_max', 'temp_min')");

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
    "employment-events": {dataset: "Employment history", sql: events},
    "employment-model-compared": {dataset: "Employment forecast", sql: employmentPage.compared},
    "employment-model-errors": {dataset: "Employment forecast", sql: employmentPage.errors},
    "employment-model-calibration": {dataset: "Employment forecast", sql: employmentPage.calibration},
    "employment-model-residuals": {dataset: "Employment forecast", sql: employmentPage.residuals},
    "employment-outlook": {dataset: "Employment outlook"},
    // What a run has forecast, and what the runs before it had.
    "employment-outlook-made": {
      dataset: "Employment outlook",
      sql: "SELECT sector, month, forecast FROM dataset WHERE forecast IS NOT NULL",
      keep: 6,
      editions: true
    },
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
    "weather-model-compared": {app: weather, dataset: "Weather forecast", sql: weatherPage.compared},
    "weather-model-errors": {app: weather, dataset: "Weather forecast", sql: weatherPage.errors},
    "weather-model-calibration": {app: weather, dataset: "Weather forecast", sql: weatherPage.calibration},
    "weather-model-residuals": {app: weather, dataset: "Weather forecast", sql: weatherPage.residuals},
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
          help: "The first month of the history that the forecast is trained on. If a run finds not enough complete history, choose an earlier start."
        }
      },
      writes: ["employment-outlook", "employment-outlook-made"]
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
  // The demo's platform is on this machine and belongs to the user who started it, so its viewers may run what they build.
  allowDefinitions: ["US employment"]
});
