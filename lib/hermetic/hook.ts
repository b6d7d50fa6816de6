// What Node loads ahead of Framework (`node --import`): brings its cache up to date, and answers its requests from node_modules.
import {resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";
import {watchBareImports} from "./bare-imports.js";
import {NpmCache} from "./cache.js";
import {InstalledCdn} from "./cdn.js";
import {PackageError} from "./package-error.js";
import {hermeticFetch} from "./fetch.js";
import {NodeModules} from "./node-modules.js";
import type {HookMessage} from "./hooked.js";
import {parseQuickly} from "./quick-parse.js";
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

/** Sends a message to the parent process, which prints it at the end, where it isn't missed. */
const send = (message: HookMessage): void => void process.send?.(message);

const report = ({message}: PackageError): void => send({problem: message});
const warn = (warning: string): void => send({warning});

/* eslint-disable no-console -- the console is where Framework puts its errors */
/** Reports what Framework's errors leave out, and errors that it ignores. */
function explainErrors(cdn: InstalledCdn): void {
  const stock = console.error;
  console.error = (...args: unknown[]) => {
    const [error] = args;
    const [, range] =
      (error instanceof Error && /^unable to resolve version: (.+)$/.exec(error.message)) || [];
    if (error instanceof Error && range) {
      const problem = cdn.mismatch(parseSpecifier(range));
      report(problem);
      // Framework will print this error again, and show it in a preview's page.
      Object.assign(error, {message: problem.message, stack: problem.stack});
    } else if (error instanceof Error && error.name === "RollupError") {
      // Framework leaves the import as it is, and the page fails in the browser.
      report(new PackageError(`a bare import can't be bundled (${error.message}): write it as npm:…`));
    }
    stock(...args);
  };
}
/* eslint-enable no-console */

/** Without its cache nothing can be built: that is told as the whole reason, without a stack. */
async function openCache(folder: string, modules: NodeModules): Promise<NpmCache> {
  try {
    return NpmCache.open(folder, modules);
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    const message: HookMessage = {problem: error.message};
    if (process.send) await new Promise((sent) => process.send!(message, sent));
    else process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

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
    await parseQuickly(fileURLToPath(process.env.IKIGAI_KIT_FRAMEWORK!));
    const modules = new NodeModules(root);
    const cache = await openCache(folder, modules);
    const cdn = new InstalledCdn(modules, cache);
    if (command === "preview") cache.watchLocal();
    globalThis.fetch = hermeticFetch(cdn, report, globalThis.fetch);
    explainErrors(cdn);
    watchBareImports((problem) => {
      process.stderr.write(`${problem.message}\n`);
      report(problem);
    });
    for (const href of config.globalStylesheets.filter((href) => /^https?:/.test(href))) {
      warn(
        `Every page will load a stylesheet from ${new URL(href).host}: spread hermeticConfig from ikigai-kit/hermetic into observablehq.config, or set globalStylesheets: [] there`
      );
    }
  }
}
// If the parent process is killed, nobody is left to use the site.
process.on("disconnect", () => process.exit());
process.channel?.unref();
