// The rows of the gallery's pages: monthly employment of three sectors, and forecasts of it by two versions from three origins.
import {sampleForecasts} from "../../../test/charts/sample-forecasts.js";

process.stdout.write(JSON.stringify(sampleForecasts()));
