// Where the real series come from: files of the npm package vega-datasets. The package is BSD-3-Clause; its
// datapackage.json calls us-employment.csv (Bureau of Labor Statistics) and seattle-weather.csv (NOAA) works of the U.S.
// government, which are in the public domain.
import {createRequire} from "node:module";
import {dirname, join} from "node:path";

// The package exports its code alone, so the data is found from there.
const build = dirname(createRequire(import.meta.url).resolve("vega-datasets"));

/** Path of a data file of the package. */
export const vegaDataset = (name: string) => join(build, "..", "data", name);
