// Forecasts by two versions, of which one follows the trend: what the gallery shows of forecasts.
import {sampleForecasts, trendMethods} from "../../../test/charts/sample-forecasts.js";

process.stdout.write(JSON.stringify(sampleForecasts(undefined, trendMethods)));
