// Notices what Framework passes over in silence: a page's bare import, such as `import "d3-dsv"`, that finds nothing.
import Module from "node:module";
import {dirname, join, sep} from "node:path";
import {Fault, npmInstall} from "./fault.js";
import {owner} from "./node-modules.js";
import {splitImport} from "./specifier.js";

type Resolve = (request: string, parent?: {filename?: string | null}, ...rest: unknown[]) => string;

/** Node's resolver behind `require.resolve`, which has no public way in; tools that transpile replace it just so. */
const loader = Module as unknown as {_resolveFilename: Resolve};

/**
 * Watches Framework look for bare imports. It asks from a folder rather than a file; if it finds nothing it leaves the
 * import as it is, and the page fails in the browser.
 */
export function watchBareImports(report: (fault: Fault) => void): void {
  const stock = loader._resolveFilename;
  loader._resolveFilename = function (request, parent, ...rest) {
    const from = parent?.filename?.endsWith(`${sep}noop.js`) ? dirname(parent.filename) : undefined;
    if (from === undefined) return stock.call(this, request, parent, ...rest);
    const {name} = splitImport(request);
    if (owner(join(from, "index.md")).name === name) {
      const fault = new Fault(`"${request}" is this project's own package: in pages write npm:${request}`);
      report(fault);
      throw fault;
    }
    try {
      return stock.call(this, request, parent, ...rest);
    } catch (error) {
      report(new Fault(explain(request, name, error as NodeJS.ErrnoException)));
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
