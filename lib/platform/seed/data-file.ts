// The files that the demo's real series come from; data/README.md says whose they are.
import {createRequire} from "node:module";
import {dirname, join} from "node:path";

// The compiler copies no CSV: run from source or built, the files are found from the package's own folder.
const root = dirname(createRequire(import.meta.url).resolve("ikigai-kit/package.json"));

/** Path of a file of `lib/platform/seed/data`. */
export const dataFile = (name: string) => join(root, "lib/platform/seed/data", name);
