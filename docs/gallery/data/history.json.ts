// Monthly employment of three sectors since 2011, without forecasts.
import {sampleHistory} from "../../../test/charts/sample-forecasts.js";

const since = Date.UTC(2011, 0);
process.stdout.write(JSON.stringify(sampleHistory().filter(({month}) => +month >= since)));
