// Which version of this kit runs.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";

const file = createRequire(import.meta.url).resolve("ikigai-kit/package.json");

/** The version of this package, such as `0.2.0`. */
export const {version: kitVersion} = JSON.parse(readFileSync(file, "utf8")) as {version: string};
