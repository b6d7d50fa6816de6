// Runs a TypeScript file as `tsx FILE ARGUMENTS` does, but starts sooner: Framework's interpreter for loaders.
import {resolve} from "node:path";
import {BundleError} from "./bundle.js";
import {importTypeScript} from "./import.js";

// A stack then tells files and lines as they were written.
process.setSourceMapsEnabled(true);
const file = resolve(process.argv[2]!);
process.argv.splice(1, 2, file);
await importTypeScript(file).catch((error: unknown) => {
  if (!(error instanceof BundleError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
