// The project: its configs, what they name on the platform, and what its pages name.
import {readdirSync, statSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {join, relative, resolve} from "node:path";
import {basename, dirname} from "node:path/posix";
import type {TransformFailure} from "esbuild";
import {fileRequest} from "../../data-loaders/file-request.js";
import {lookup} from "../../data-loaders/lookup.js";
import type {Ikigai} from "../client/index.js";
import {quickClient} from "../client/quick-client.js";
import {checkConfig, credentials, loadConfig, type CheckedConfig} from "../config/index.js";
import {hasConfig} from "../config/load.js";
import {docsPage} from "../config/version.js";
import {diskFault} from "../disk/index.js";
import {readProject, type ProjectFolders} from "../site/index.js";
import {isFrameworkProject} from "../start/index.js";
import {
  broken,
  diskFinding,
  warning,
  whyNotAsked,
  type Check,
  type Finding,
  type Skipped,
  type Surroundings
} from "./check.js";

export const config: Check = {
  name: "config",
  async run({root, source}) {
    if (source === "nothing") return {skipped: "there is no ikigai.config.ts"};
    if (!(await hasConfig(root)))
      return [
        broken(
          root,
          "there is no ikigai.config.ts",
          "run this in the project's folder, or make one: npx ikigai-kit init"
        )
      ];
    const problem = await problemOf(root);
    if (problem === undefined) return [];
    // It imports the kit, whose absence has a check of its own.
    if (problem.includes('Could not resolve "ikigai-kit'))
      return {skipped: "it needs the project's packages"};
    // The bundler reads these two for it: those of the project, of the folders around it and of those that it imports from.
    const [, path, fault] =
      /can't be loaded: ((?:.*?\/)?(?:package|tsconfig)\.json):(\d.*)/.exec(problem) ?? [];
    const file = path === undefined ? undefined : resolve(path);
    if (file === join(root, "package.json")) return {skipped: "it needs package.json"};
    if (file !== undefined) return [broken(file, fault!, "correct it at this line and column")];
    return [
      broken(
        "ikigai.config.ts",
        problem,
        `correct what it names; every key is described in ${docsPage("configuration.md")}`
      )
    ];
  }
};

/** What is wrong with the config. */
const problemOf = (root: string): Promise<string | undefined> =>
  loadConfig(root).then(
    () => undefined,
    (error: Error) => error.message
  );

export const sources: Check = {
  name: "sources",
  async run(surroundings) {
    const found = await reachable(surroundings);
    if ("skipped" in found) return found;
    const {client, config} = found;
    const find = lookup(client, surroundings.signal);
    const all: [string, () => Promise<unknown>][] = [
      ...Object.entries(config.datasets).map(
        ([key, entry]) => [`datasets.${key}`, () => find.dataset(entry)] as [string, () => Promise<unknown>]
      ),
      ...Object.entries(config.models).map(
        ([key, entry]) => [`models.${key}`, () => find.model(entry)] as [string, () => Promise<unknown>]
      ),
      ...Object.entries(config.flows).map(
        ([key, entry]) => [`flows.${key}`, () => find.flow(entry)] as [string, () => Promise<unknown>]
      )
    ];
    const results = await Promise.all(
      all.map(([where, ask]) =>
        ask().then(
          () => undefined,
          (error: Error) =>
            broken(where, error.message, "write a name or id that the app has into ikigai.config.ts")
        )
      )
    );
    await client.close();
    return results.filter((finding) => finding !== undefined);
  }
};

/** The platform and the config, where both can be used: what keeps them from it is found by checks of their own. */
export async function reachable(
  surroundings: Surroundings
): Promise<{client: Ikigai; config: CheckedConfig} | Skipped> {
  const {root, env, signal} = surroundings;
  const skipped = whyNotAsked(surroundings);
  if (skipped !== undefined) return {skipped};
  try {
    const config = await loadConfig(root);
    const client = quickClient(await credentials(root, env));
    await client.apps.list({signal});
    return {client, config};
  } catch {
    return {skipped: "it needs the config and the platform"};
  }
}

export const framework: Check = {
  name: "Framework",
  async run({root}) {
    const found = isFrameworkProject(root);
    if (!found || found.isHermetic) return [];
    return [
      warning(
        found.config,
        "it doesn't use hermeticConfig, so a build fetches packages and fonts from other hosts",
        'begin it with import {hermeticConfig} from "ikigai-kit/hermetic"; and its options with ...hermeticConfig,'
      )
    ];
  }
};

export const pages: Check = {
  name: "pages",
  async run({root, source, signal}) {
    const read = () =>
      source === "nothing" ? checkConfig({app: "none"}) : loadConfig(root).catch(() => undefined);
    if (!(await read())) return {skipped: "it needs the config"};
    const warnings: string[] = [];
    const {project, open} = await readProject({
      root,
      signal,
      command: "build",
      onOutput: () => {},
      onWarning: (text) => warnings.push(text)
    });
    await open?.close();
    // Reading the pages takes seconds, in which entries may be added, and pages that name them.
    const config = await read();
    if (!config) return {skipped: "it needs the config"};
    const fix = "correct the name in the page, or add the file or loader";
    const loaders = new Set(project.files.flatMap(({loader}) => loader?.path ?? []));
    const problems = project.problems.map(({page, message}) =>
      broken(page ?? root, message, fixOf(message, fix))
    );
    const unknown = project.files.flatMap(({path, pages, loader}): Finding[] => {
      if (loader?.kind !== "kit" || basename(dirname(path)) !== "data") return [];
      try {
        fileRequest(basename(path), config);
        return [];
      } catch (error) {
        return [
          broken(
            pages[0]!,
            (error as Error).message,
            `correct the name ${path} in the page, or add the entry`
          )
        ];
      }
    });
    return [
      ...startPage(project),
      ...(await Promise.all(Array.from(loaders, (path) => loaderFault(root, path)))).flat(),
      ...problems,
      ...unknown,
      ...warnings.map((text) =>
        warning(root, text, `correct what it names; see ${docsPage("hermetic-builds.md")}`)
      )
    ];
  }
};

/** That there is no page at the site's address, which `serve` and most hosts then refuse to show. */
function startPage({root, source}: ProjectFolders): Finding[] {
  // `index.md`, a loader of it such as `index.md.ts`, or a page with a parameter such as `[name].md`.
  const isOne = (name: string) =>
    /^(?:index|\[.+\])\.md/.test(name) && statSync(join(source, name), {throwIfNoEntry: false})?.isFile();
  if (readdirSync(source).some(isOne)) return [];
  return [
    warning(
      `${relative(root, source)}/index.md`,
      "there is no such page, so the site has nothing to show at its address",
      "write it; npx ikigai-kit init shows one"
    )
  ];
}

/** What keeps a loader from running at all. */
async function loaderFault(root: string, path: string): Promise<Finding[]> {
  const file = join(root, path);
  const text = await readFile(file, "utf8").catch((error: unknown) => diskFault(error));
  if (typeof text !== "string") return text ? [diskFinding(text)] : [];
  if (text.trim() === "")
    return [broken(path, "this loader is empty, so its files would be, too", "write it, or remove it")];
  const [, language] = /\.([jt]s)$/.exec(path) ?? [];
  if (language === undefined) return [];
  const {transform} = await import("esbuild");
  return transform(text, {loader: language as "js" | "ts", logLevel: "silent"}).then(
    () => [],
    ({errors: [error]}: TransformFailure) => [
      broken(`${path}:${error?.location?.line ?? 1}`, `${error?.text}`, "correct it there")
    ]
  );
}

/** The messages name their own fix, if it is another package. */
const fixOf = (message: string, fix: string) => /npm install \S+/.exec(message)?.[0] ?? fix;
