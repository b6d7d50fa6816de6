// Reports what Framework ignores silently: a page's bare import, such as `import "d3-dsv"`, that finds nothing.
import Module from "node:module";
import {dirname, join, sep} from "node:path";
import {PackageError, npmInstall} from "./package-error.js";
import {owner} from "./node-modules.js";
import {splitImport} from "./specifier.js";

type Resolve = (request: string, parent?: {filename?: string | null}, ...rest: unknown[]) => string;

/** Node's resolver behind `require.resolve`, which has no public API; transpilers replace it the same way. */
const loader = Module as unknown as {_resolveFilename: Resolve};

/**
 * Watches Framework look for bare imports. It asks from a folder rather than a file; if it finds nothing it leaves the
 * import as it is, and the page fails in the browser.
 */
export function watchBareImports(report: (problem: PackageError) => void): void {
  const stock = loader._resolveFilename;
  loader._resolveFilename = function (request, parent, ...rest) {
    const from = parent?.filename?.endsWith(`${sep}noop.js`) ? dirname(parent.filename) : undefined;
    if (from === undefined) return stock.call(this, request, parent, ...rest);
    const {name} = splitImport(request);
    if (owner(join(from, "index.md")).name === name) {
      const problem = new PackageError(
        `"${request}" is this project's own package: in pages write npm:${request}`
      );
      report(problem);
      throw problem;
    }
    try {
      return stock.call(this, request, parent, ...rest);
    } catch (error) {
      report(new PackageError(explain(request, name, error as NodeJS.ErrnoException)));
      throw error;
    }
  };
}

function explain(request: string, name: string, {code, message}: NodeJS.ErrnoException): string {
  if (code === "ERR_PACKAGE_PATH_NOT_EXPORTED") {
    return `"${request}" can't be imported by its bare name (${message}): write npm:${request}`;
  }
  return `"${request}" is imported, but ${name} is not installed\n  ${npmInstall(name)}`;
}
