// Which version of this kit runs, and where its documentation is.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";

const file = createRequire(import.meta.url).resolve("ikigai-kit/package.json");
const {version, homepage} = JSON.parse(readFileSync(file, "utf8")) as {version: string; homepage: string};

/** The version of this package, such as `0.2.0`. */
export const kitVersion = version;

/** The address of a page of the documentation, such as `configuration.md`: projects have no folder `docs` of the kit's. */
export const docsPage = (name: string): string => `${homepage.replace(/#.*/, "")}/blob/main/docs/${name}`;
