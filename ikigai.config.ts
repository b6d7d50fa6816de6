// What this site needs from Ikigai. Here it is the demo's data, which the local platform seeds itself with.
import {defineConfig} from "ikigai-kit";

/** The forecasts that were made last, for a first chart that needs no database. */
const latest = `SELECT * EXCLUDE (actual) FROM dataset WHERE origin = (SELECT max(origin) FROM dataset)`;

const weather = "Seattle weather";

export default defineConfig({
  app: "US employment",
  datasets: {
    "employment-history": {dataset: "Employment history"},
    "employment-forecast": {dataset: "Employment forecast"},
    "employment-latest": {dataset: "Employment forecast", sql: latest},
    "weather-history": {app: weather, dataset: "Weather history"},
    "weather-forecast": {app: weather, dataset: "Weather forecast"},
    "weather-latest": {app: weather, dataset: "Weather forecast", sql: latest}
  },
  models: {
    "employment-model": {model: "Employment aiCast"},
    "weather-model": {app: weather, model: "Temperature aiCast"}
  }
});
