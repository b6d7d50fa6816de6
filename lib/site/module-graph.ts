// Asks Framework, under the hook, what it makes the names of a site's own modules from.
import {join} from "node:path";
import {knownVersion} from "../hermetic/installed.js";
import type {BuildPlan, LocalModule} from "./build-plan.js";
import type {FrameworkConfig, FrameworkModules} from "./framework.js";

/** Of these modules, those whose names depend on files, and all that they import. Paths are from the source root, without a slash. */
export async function moduleGraph(
  framework: FrameworkModules,
  {root}: FrameworkConfig,
  paths: Iterable<string>
): Promise<BuildPlan["modules"]> {
  const {getModuleInfo, resolvePath} = framework;
  const all = new Map<string, LocalModule>();
  const queue = new Set(paths);
  for (const path of queue) {
    // A module that can't be read counts for nothing in the hash, too.
    const info = path.endsWith(".js") ? getModuleInfo(root, path) : undefined;
    if (!info) continue;
    const from = (name: string) => resolvePath(path, name).replace(/^\//, "");
    const imports = [...info.localStaticImports, ...info.localDynamicImports].map(from);
    all.set(path, {source: info.hash, imports, files: Array.from(info.files, from), globals: ""});
    for (const other of imports) queue.add(other);
  }
  const kept = new Map<string, LocalModule>();
  for (const [path, module] of all) {
    const reached = closure(path, all);
    if (![...reached].some((other) => !other.endsWith(".js") || all.get(other)!.files.length > 0)) continue;
    module.globals = await globals(framework, root, path);
    for (const other of reached) if (all.has(other)) kept.set(other, all.get(other)!);
  }
  return Object.fromEntries([...kept].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function closure(path: string, modules: ReadonlyMap<string, LocalModule>): Set<string> {
  const reached = new Set([path]);
  for (const other of reached)
    for (const imported of modules.get(other)?.imports ?? []) reached.add(imported);
  return reached;
}

/** What Framework's getLocalModuleHash adds for imports that aren't of the site's own. */
async function globals(framework: FrameworkModules, root: string, path: string): Promise<string> {
  const {builtins, resolveBuiltin, resolveNpmImport, resolveJsrImport, resolveNodeImport} = framework;
  const info = framework.getModuleInfo(root, path)!;
  let text = "";
  const packages = new Set<string>();
  for (const name of [...info.globalStaticImports, ...info.globalDynamicImports]) {
    const [, scheme, rest] = /^(\w+):(.*)$/.exec(name) ?? [];
    if (builtins.has(name) || scheme === "observablehq")
      text += `${resolveBuiltin(name)}?version=${knownVersion}`;
    else if (scheme === "npm") packages.add(await resolveNpmImport(root, rest!));
    else if (scheme === "jsr") packages.add(await resolveJsrImport(root, rest!));
    else if (scheme === undefined) packages.add(await resolveNodeImport(root, name));
  }
  const cache = join(root, ".observablehq", "cache");
  for (const path of packages) {
    text += path;
    for (const {name, type} of await framework.parseImports(cache, path))
      if (type === "local") packages.add(framework.resolvePath(path, name));
  }
  return text;
}
