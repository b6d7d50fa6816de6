// `ikigai-kit init`: a project with pages for what an app has.
import {stat} from "node:fs/promises";
import {basename, resolve} from "node:path";
import {confirm} from "@clack/prompts";
import {NamedMap} from "../client/index.js";
import {checkWritable} from "../disk/index.js";
import {demoAppNames} from "../platform/seed/names.js";
import {
  appEntries,
  checkPackage,
  choose,
  isFrameworkProject,
  managerOf,
  packageSpec,
  planChanges,
  plainText,
  plannedFiles,
  readApp,
  referenceTo,
  scriptsOf,
  sourceOf,
  writeChanges,
  type Change,
  type Manager
} from "../start/index.js";
import {step} from "../terminal/index.js";
import {stopped} from "./interruption.js";
import {openAccount} from "./account.js";
import {Cancelled} from "./cancelled.js";
import {chooseApp} from "./choose-app.js";
import {newState} from "./new-state.js";
import {hermeticHint, nextSteps} from "./next-steps.js";
import {notTaken} from "./not-taken.js";
import {answered, userTerminal, type Terminal} from "./prompts.js";
import {changeLines, hasKept, hasWork, refuseOtherConfig} from "./show-changes.js";
import {writeEnv} from "./write-env.js";

export interface InitOptions {
  /** The folder, from the working directory. */
  folder: string;
  /** The app's name or id. */
  app?: string;
  /** Whether all of it is taken, however much that is. */
  all?: boolean;
  local?: boolean;
  /** Asks nothing. */
  yes?: boolean;
  /** Shows what would be written, and writes nothing. */
  dryRun?: boolean;
  /** Whether scripts of package.json that are others are replaced. */
  scripts?: boolean;
  /** How package.json names this package. */
  kit?: string;
  /** Which package manager the project is for; the one that its lockfile or the call is of if left out. */
  packageManager?: Manager;
  /** Where it asks; the user's terminal, if there is one, if left out. */
  terminal?: Terminal;
  signal: AbortSignal;
}

/** Exit codes: 0 written, or all is there; 3 written, but some files stay as they are; 1 nothing was written. */
export async function init({folder, signal, ...options}: InitOptions): Promise<void> {
  const root = resolve(folder);
  await checkFolder(root);
  await checkPackage(root);
  if (!options.dryRun) await checkWritable(root);
  const found = options.yes ? undefined : (options.terminal ?? userTerminal());
  const terminal = found && {...found, signal};
  const state = options.local ? await newState(root) : undefined;
  try {
    if (state?.isNew && (options.app !== undefined || !terminal)) await chooseApp(demoApps, options.app);
    const isWritten = await withAccount(root, state?.data, {...options, terminal, signal});
    if (isWritten) await state?.keep();
  } catch (error) {
    if (signal.aborted) tell([new Cancelled().message]);
    throw error;
  } finally {
    await state?.drop();
  }
}

/** What a new local platform will have, known before it is started. */
const demoApps = new NamedMap(
  demoAppNames.map((name) => [name, {name}]),
  "app"
);

/** Writes the project, and returns whether it has done so. */
async function withAccount(
  root: string,
  data: string | undefined,
  {terminal, signal, ...options}: Omit<InitOptions, "folder">
): Promise<boolean> {
  const account = await openAccount({root, data, terminal, signal});
  try {
    const {apps, asked} = account;
    const app = await chooseApp(apps, options.app, terminal);
    const line = step("app");
    const all = await readApp(app, {
      signal,
      onProgress: (name, done, total) => line.progress(name, done, total)
    }).catch((error: unknown) => {
      line.fail(signal.aborted ? stopped : undefined);
      throw error;
    });
    const choice = choose(all, options.all);
    line.done(
      `${plainText(app.name)}: ${count(all.datasets.length, "dataset")}, ${count(all.models.length, "model")}, ${count(all.flows.length, "flow")}`
    );
    const framework = isFrameworkProject(root);
    const project = {
      title: plainText(app.name),
      folder: basename(root),
      kit: options.kit ?? packageSpec(),
      local: options.local ?? false,
      manager: options.packageManager ?? managerOf(root),
      source: sourceOf(root),
      replaceScripts: options.scripts ?? false
    };
    const reference = referenceTo(
      {id: app.appId, name: app.name},
      Array.from(apps, ({appId: id, name}) => ({id, name}))
    );
    const files = plannedFiles(appEntries(choice, all), reference, project);
    const wanted = files.filter(
      ({path}) => !(framework && path === "observablehq.config.ts" && framework.config !== path)
    );
    const changes = await planChanges(root, wanted, project);
    refuseOtherConfig(changes);
    tell([...changeLines(changes), ...notTaken(choice)]);
    if (options.dryRun) return false;
    if (
      terminal &&
      hasWork(changes) &&
      !answered(await confirm({...terminal, message: `Write this to ${root}?`}))
    )
      throw new Cancelled();
    await writeChanges(root, changes);
    if (asked) await writeEnv(root, asked);
    if (framework && !framework.isHermetic) tell([hermeticHint(framework.config)]);
    if (hasKept(changes)) process.exitCode = 3;
    const hasScript = scriptOf(changes, "dev") === scriptsOf(project).dev;
    process.stdout.write(nextSteps(root, {...project, hasScript}));
    return true;
  } finally {
    await account.close();
  }
}

/** A script of package.json as it was written. */
const scriptOf = (changes: readonly Change[], name: string): unknown => {
  const {content} = changes.find(({path}) => path === "package.json")!;
  return (JSON.parse(content) as {scripts?: Record<string, unknown>}).scripts?.[name];
};

const tell = (lines: readonly string[]) => process.stderr.write(lines.map((line) => `${line}\n`).join(""));

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;

async function checkFolder(root: string): Promise<void> {
  const found = await stat(root).catch(() => undefined);
  if (found && !found.isDirectory())
    throw new Error(`${root} is a file. Name a folder: ikigai-kit init my-dashboard`);
}
