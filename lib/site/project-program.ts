// Runs under hermetic's hook: asks Framework itself what lib/site/project.ts wants to know of a project, and then, when it is told
// to, lets it build or preview in the same process, where the modules and pages that were read needn't be read again.
import {join, resolve, sep} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {frameworkConfig} from "../config/framework-config.js";
import {localInputs} from "../hermetic/cache.js";
import {inNodeModules} from "../hermetic/node-modules.js";
import type {Output} from "./build-plan.js";
import {cachedPaths} from "./cache-list.js";
import {configFault, importConfig} from "./config-fault.js";
import {configInputs} from "./config-inputs.js";
import {loaderAges} from "./loader-ages.js";
import {answerGatewayOnly} from "./gateway-only.js";
import {frameworkModules, type FrameworkConfig, type FrameworkLoader} from "./framework.js";
import {loaderKind} from "./loader-kind.js";
import {moduleGraph} from "./module-graph.js";
import type {
  CachedFile,
  LoadMessage,
  NamedFile,
  ProjectAnswer,
  ProjectInputs,
  RunMessage
} from "./project.js";
import {runLoaders} from "./run-loaders.js";

const framework = await frameworkModules();
const {resolvePath} = framework;

const kinds = new Map<string, ReturnType<typeof loaderKind>>();

/** How the loader of a path would make it; undefined where the file lies there or nothing makes it. */
async function origin({root}: FrameworkConfig, loader: FrameworkLoader | undefined) {
  if (loader?.targetPath === undefined) return undefined;
  const {command, path, params = {}} = loader;
  if (!kinds.has(path)) {
    const file = resolve(root, path);
    const archive = {kind: {kind: "other" as const}, inputs: [file]};
    kinds.set(path, command === undefined ? Promise.resolve(archive) : loaderKind(file));
  }
  return {path: join(root, path), params, ...(await kinds.get(path)!).kind};
}

/** Walks the pages as Framework's `build` does. */
async function readPages(
  config: FrameworkConfig,
  maxAge: ReturnType<typeof loaderAges>
): Promise<Pick<ProjectAnswer, "files" | "problems" | "warnings" | "plan">> {
  const {root, loaders} = config;
  const named = new Map<string, Set<string>>();
  const problems: ProjectAnswer["problems"] = [];
  const warnings: string[] = [];
  const outputs: Output[] = [];
  const modules = new Set<string>();
  const name = (path: string, page: string) => {
    if (!named.has(path)) named.set(path, new Set());
    named.get(path)!.add(page);
  };
  for await (const path of config.paths()) {
    const module = path.endsWith(".js") ? framework.findModule(root, path) : undefined;
    const exported = module ? undefined : loaders.find(path);
    if (exported) {
      name(path, "dynamicPaths of observablehq.config");
      outputs.push({name: fromRoot(path), kind: "file", files: []});
      continue;
    }
    const source = join(root, module?.path ?? loaders.findPage(path)?.path ?? path);
    try {
      let resolvers;
      if (module) {
        checkModules(config, [path]);
        resolvers = await framework.getModuleResolvers(path, config);
      } else {
        const options = {...config, path};
        const page = await loaders.loadPage(path, options);
        if (page.data.draft) continue;
        for (const error of syntaxErrors(page.body)) warnings.push(`${source}: ${error}${hint(error)}`);
        const imports = page.code.flatMap(({node}) => node.imports).filter(({type}) => type === "local");
        checkModules(
          config,
          imports.map(({name}) => resolvePath(path, name))
        );
        resolvers = await framework.getResolvers(page, options);
      }
      const all = [...new Set([...resolvers.assets, ...resolvers.files])].map((file) =>
        resolvePath(path, file)
      );
      for (const file of all) name(file, source);
      for (const other of resolvers.localImports) modules.add(fromRoot(resolvePath(path, other)));
      const kind = module ? "module" : "page";
      outputs.push({name: fromRoot(module ? path : `${path}.html`), kind, files: all.map(fromRoot)});
      for (const url of [...resolvers.globalImports].filter((name) => /^https?:/.test(name)))
        warnings.push(
          `${source}: asks ${new URL(url).host} for ${url}. Install the package and import it as npm:…`
        );
    } catch (error) {
      problems.push({page: source, message: error instanceof Error ? error.message : String(error)});
    }
  }
  const files = await Promise.all(
    [...named].map(async ([path, pages]): Promise<NamedFile> => {
      const found = loaders.find(path);
      const loader = await origin(config, found);
      return {
        path: fromRoot(path),
        pages: [...pages],
        found: !!found,
        loader: loader && {...loader, maxAge: maxAge(fromRoot(path))}
      };
    })
  );
  // Where the pages have problems, there is nothing to plan.
  const graph = problems.length === 0 ? await moduleGraph(framework, config, modules) : {};
  const plan = {
    outputs,
    modules: graph,
    dated: typeof config.footer === "string" && /on <a title="[^"]*">[^<]*<\/a>\.$/.test(config.footer),
    ...(config.search?.index != null && {
      unsure: "the search index is extended by a function of observablehq.config"
    })
  };
  return {files, problems, warnings: [...new Set(warnings)], plan};
}

const fromRoot = (path: string) => path.replace(/^\//, "");

/**
 * Throws an Error naming the module that can't be read, of those that are imported: Framework passes over it here, and with it over the
 * files that it names; its build then fails without saying where.
 */
function checkModules({root}: FrameworkConfig, imported: string[]): void {
  const paths = new Set(imported.filter((path) => path.endsWith(".js")));
  for (const path of paths) {
    const module = framework.findModule(root, path);
    if (!module) continue;
    try {
      const source = framework.readJavaScriptSync(join(root, module.path));
      framework.findFiles(framework.parseProgram(source, module.params), path, source);
    } catch (error) {
      const {message} = error as Error;
      throw new Error(`its module ${join(root, module.path)} can't be read: ${message}${hint(message)}`, {
        cause: error
      });
    }
    const info = framework.getModuleInfo(root, path);
    for (const other of [...(info?.localStaticImports ?? []), ...(info?.localDynamicImports ?? [])])
      if (other.endsWith(".js")) paths.add(resolvePath(path, other));
  }
}

/** A block that can't be parsed is shown as its error, in the built page too. */
const syntaxErrors = (body: string): string[] =>
  [...body.matchAll(/observablehq--error"[^>]*>(SyntaxError: [^<]*)</g)].map(([, error]) => error!);

const hint = (error: string) =>
  error.includes("FileAttachment requires")
    ? ". Name each file in full, or give those that are chosen at run time in dynamicPaths of observablehq.config and fetch them"
    : "";

/** What Framework keeps of files that loaders made. */
const readCache = (config: FrameworkConfig): Promise<CachedFile[]> =>
  Promise.all(
    cachedPaths(resolve(config.root, ".observablehq", "cache")).map(async (path) => ({
      path,
      loader: await origin(config, config.loaders.find(`/${path}`))
    }))
  );

/** What the answer was made from, beside the source root's files. */
async function readInputs({root}: FrameworkConfig): Promise<ProjectInputs> {
  const file = resolve(frameworkConfig(process.cwd())!);
  const {files, ...inputs} = await configInputs(file);
  const ofLoaders = await Promise.all([...kinds.values()].map(async (kind) => (await kind).inputs));
  const packages = localInputs(resolve(root, ".observablehq", "cache"));
  const source = resolve(root);
  const outside = [...files, ...ofLoaders.flat(), ...packages].filter(
    (path) => !inNodeModules(path) && !path.startsWith(source + sep)
  );
  const {dynamicPaths} = (await importConfig(file)) as {dynamicPaths?: unknown};
  return {
    files: [...new Set(outside)].sort(),
    ...inputs,
    ...(typeof dynamicPaths === "function" && {
      unsure: `${file} lists dynamicPaths by a function, which may list others the next time`
    })
  };
}

async function answer(): Promise<ProjectAnswer> {
  const nothing = {
    root: "",
    output: "",
    files: [],
    cached: [],
    problems: [],
    warnings: [],
    plan: {outputs: [], modules: {}, dated: false},
    inputs: {files: []}
  };
  const fault = await configFault(process.cwd(), framework);
  if (fault !== undefined) return {...nothing, fault};
  const config = await framework.readConfig();
  const folders = {root: resolve(config.root), output: resolve(config.output)};
  if (process.argv[2] === "folders") return {...nothing, ...folders};
  let maxAge;
  try {
    maxAge = loaderAges(
      (await importConfig(resolve(frameworkConfig(process.cwd())!))) as {loaders?: unknown}
    );
  } catch (error) {
    return {...nothing, fault: (error as Error).message};
  }
  const read = {...(await readPages(config, maxAge)), cached: await readCache(config)};
  return {...folders, ...read, inputs: await readInputs(config)};
}

/** Waits for the word to run loaders, or Framework's command with which arguments. */
async function nextCommand(): Promise<RunMessage | LoadMessage> {
  const message = new Promise<RunMessage | LoadMessage>((resolve) => process.once("message", resolve));
  process.channel!.ref();
  const command = await message;
  process.channel!.unref();
  return command;
}

process.send!({result: await answer()});
if (process.argv[2] !== "folders") {
  let next = await nextCommand();
  for (; "load" in next; next = await nextCommand())
    await runLoaders(await framework.readConfig(), next.load, (loaded) => process.send!({loaded}));
  const {args, output, gatewayOnly} = next;
  if (output !== undefined) (await framework.readConfig()).output = output;
  // The secret comes in a message, since loaders would inherit it with the environment.
  if (gatewayOnly !== undefined) answerGatewayOnly(gatewayOnly);
  const program = fileURLToPath(new URL("bin/observable.js", process.env.IKIGAI_KIT_FRAMEWORK));
  process.argv.splice(1, Infinity, program, ...args);
  await import(pathToFileURL(program).href);
}
