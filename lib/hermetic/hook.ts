// What Node loads ahead of Framework (`node --import`): makes its cache true, and answers its requests from node_modules.
import {resolve} from "node:path";
import {parseArgs} from "node:util";
import {watchBareImports} from "./bare-imports.js";
import {NpmCache} from "./cache.js";
import {InstalledCdn} from "./cdn.js";
import {Fault} from "./fault.js";
import {hermeticFetch} from "./fetch.js";
import {NodeModules} from "./node-modules.js";
import type {HookMessage} from "./hooked.js";
import {parseSpecifier} from "./specifier.js";
import {collectWarnings} from "./warnings.js";

interface FrameworkConfig {
  root: string;
  output: string;
  globalStylesheets: string[];
}

/** The configuration that Framework is about to read; it will get the same object, so this costs nothing. */
async function readConfig(args: string[]): Promise<FrameworkConfig | undefined> {
  const options = {config: {type: "string", short: "c"}, root: {type: "string"}} as const;
  const {config, root} = parseArgs({args, options, strict: false, allowPositionals: true}).values;
  const module = (await import(new URL("config.js", process.env.IKIGAI_KIT_FRAMEWORK).href)) as {
    readConfig(config: unknown, root: unknown): Promise<FrameworkConfig>;
  };
  try {
    return await module.readConfig(config, root);
  } catch {
    return undefined; // Framework will say so itself
  }
}

/** Tells the process that started this one, which says it at the end, where it isn't missed. */
const send = (message: HookMessage): void => void process.send?.(message);

const report = ({message}: Fault): void => send({fault: message});
const warn = (warning: string): void => send({warning});

/* eslint-disable no-console -- the console is where Framework puts its errors */
/** Tells what Framework leaves out of its errors, or goes on in spite of. */
function explainErrors(cdn: InstalledCdn): void {
  const stock = console.error;
  console.error = (...args: unknown[]) => {
    const [error] = args;
    const [, range] =
      (error instanceof Error && /^unable to resolve version: (.+)$/.exec(error.message)) || [];
    if (error instanceof Error && range) {
      const fault = cdn.mismatch(parseSpecifier(range));
      report(fault);
      // Framework will print this error again, and show it in a preview's page.
      Object.assign(error, {message: fault.message, stack: fault.stack});
    } else if (error instanceof Error && error.name === "RollupError") {
      // Framework leaves the import as it is, and the page fails in the browser.
      report(new Fault(`a bare import can't be bundled (${error.message}): write it as npm:…`));
    }
    stock(...args);
  };
}
/* eslint-enable no-console */

collectWarnings(warn);
const [, , command, ...args] = process.argv;
const config = await readConfig(args);
if (config) {
  // Framework's commands have no argument for it.
  if (process.env.IKIGAI_KIT_OUTPUT) config.output = process.env.IKIGAI_KIT_OUTPUT;
  const root = resolve(config.root);
  const folder = resolve(root, ".observablehq", "cache");
  if (process.env.IKIGAI_KIT_CDN === "1") {
    NpmCache.clear(folder);
  } else {
    const modules = new NodeModules(root);
    const cache = NpmCache.open(folder, modules);
    const cdn = new InstalledCdn(modules, cache);
    if (command === "preview") cache.watchLocal();
    globalThis.fetch = hermeticFetch(cdn, report, globalThis.fetch);
    explainErrors(cdn);
    watchBareImports((fault) => {
      process.stderr.write(`${fault.message}\n`);
      report(fault);
    });
    for (const href of config.globalStylesheets.filter((href) => /^https?:/.test(href))) {
      warn(
        `Every page will ask ${new URL(href).host} for a stylesheet: spread hermeticConfig from ikigai-kit/hermetic into observablehq.config, or set globalStylesheets: [] there`
      );
    }
  }
}
// Should the process that started this one die without a word, there is nobody left to see the site.
process.on("disconnect", () => process.exit());
process.channel?.unref();
