// Brings the data of a project up to date: what its pages need, from the account that is configured.
import {accountName} from "../../data-loaders/manifest.js";
import {projectName} from "../../data-loaders/project-name.js";
import {refreshCache, type Refreshed} from "../../data-loaders/refresh.js";
import {join} from "node:path";
import {loadConfig, type CheckedConfig} from "../config/index.js";
import {
  cachedKitFiles,
  cacheFolder,
  checkDataFolders,
  checkOpenSites,
  checkSiteFolders,
  kitFiles,
  openProject,
  ownFolder,
  readFolders,
  throwProblems,
  type OpenProject,
  type ReadProject
} from "../site/index.js";
import {bytes} from "../terminal/index.js";
import type {AskedAhead, ProjectOptions} from "./alone.js";
import {refreshOwnFiles} from "./own-loaders.js";
import {addPartModules, hasParts, renewPartModules} from "./part-modules.js";
import {readCurrent} from "./read-current.js";
import {during, type Progress} from "./reporter.js";

/** Which of the data is brought up to date, and how. */
export interface DataOptions {
  /** Names without extension of the files to ask about; all if left out. */
  only?: ReadonlySet<string> | undefined;
  /** Whether those are pulled though nothing has changed. */
  force?: boolean | undefined;
  /** Whether nothing is pulled: what would be is told. */
  dryRun?: boolean | undefined;
  /** Whether the last good data is kept of what can't be pulled, rather than an error. */
  keepStale?: boolean | undefined;
  /** Gets the files that will be pulled, and why. */
  onPlan?: ((files: {file: string; why: string}[]) => void) | undefined;
}

/** A project with its data up to date. */
export interface ReadyProject {
  /** What Framework said of the pages, now or the last time. */
  read: ReadProject;
  /** Framework, which has read the pages and waits. */
  open: () => Promise<OpenProject>;
  /** Ends Framework, if it was started. */
  close: () => Promise<void>;
  config: CheckedConfig;
  /** Names the account, without the key. */
  account: string;
  refreshed: Refreshed;
  /** The files of Ikigai's data that the site has, by their paths from the source root. */
  files: string[];
  /** What Framework has warned of, and goes on to. */
  warnings: Set<string>;
}

/** A project whose data was pulled, and what it was warned of meanwhile. */
type PulledProject = ReadyProject & {pullWarnings: string[]};
type Output = (text: string, stream: "stdout" | "stderr") => void;
type ReadOptions = ProjectOptions &
  DataOptions & {
    ahead: Promise<AskedAhead>;
    /** Whether a site is put in place afterwards. */
    isForSite?: boolean;
  };

/** As often as the parts of the data may change while they are pulled. */
const mostRounds = 4;

/**
 * Brings what the pages need into Framework's cache, as one piece of work: see {@link readOnce}. Where an entry's parts are others than
 * its module names, the module is made again, and what pages need is asked again.
 */
export async function readAndRefresh(
  command: "build" | "preview",
  options: ReadOptions,
  onOutput: Output
): Promise<ReadyProject> {
  await options.ahead; // what is wrong with the config or the credentials is no failure to pull
  return during(options.reporter, "data", async (line) => {
    const once = (how: ReadOptions) => readOnce(command, how, onOutput, line);
    const ready = await inRounds(once, options);
    line.done(summary(ready.refreshed, options.dryRun));
    ready.pullWarnings.forEach((warning) => options.reporter.warn(warning));
    for (const {file, message, since} of ready.refreshed.stale)
      options.reporter.warn(`${file} is stale since ${since}: ${message}`);
    return ready;
  });
}

async function inRounds(
  once: (options: ReadOptions) => Promise<PulledProject>,
  options: ReadOptions
): Promise<PulledProject> {
  const {root, env, signal, dryRun = false} = options;
  const {config, platform} = await options.ahead;
  if (hasParts(config) && !dryRun)
    await addPartModules(await readFolders({root, ...(env && {env}), ...(signal && {signal})}), config);
  let ready = await once(options);
  for (let round = 1; !dryRun && (await renewPartModules(ready.read.project, ready.config)); ++round) {
    await ready.close();
    if (round === mostRounds)
      throw new Error("the parts of the data change faster than they can be pulled; try again later");
    // What was pulled is as new as it was wanted.
    const ahead = Promise.resolve({config: ready.config, platform});
    const next = await once({...options, ahead, force: false});
    ready = {
      ...next,
      refreshed: together(ready.refreshed, next.refreshed),
      pullWarnings: [...new Set([...ready.pullWarnings, ...next.pullWarnings])]
    };
  }
  return ready;
}

/** What two refreshes did, one after the other. */
function together(first: Refreshed, second: Refreshed): Refreshed {
  const again = new Set(second.pulled.map(({file}) => file));
  const isNeeded = new Set(second.unchanged);
  const pulled = [
    ...first.pulled.filter(({file}) => !again.has(file) && isNeeded.has(file)),
    ...second.pulled
  ];
  const arePulled = new Set(pulled.map(({file}) => file));
  const unchanged = second.unchanged.filter((file) => !arePulled.has(file));
  return {...second, pulled, unchanged, before: first.before};
}

/**
 * Brings what the pages need into Framework's cache, all of it or after an error none. Many at once take a fraction of what one loader
 * process a file takes, and a build then never publishes what an earlier one had left there. Framework is started where it has to be
 * asked, and otherwise when it is needed.
 */
async function readOnce(
  command: "build" | "preview",
  options: ReadOptions,
  onOutput: Output,
  line: Progress
): Promise<PulledProject> {
  const {root, env, signal, reporter} = options;
  const warnings = new Set<string>();
  const stopping = new AbortController();
  const either = AbortSignal.any([stopping.signal, ...(signal ? [signal] : [])]);
  const opens = {root, ...(env && {env}), signal: either, command, onOutput};
  // Framework takes its time to start; meanwhile the rest is looked at.
  const reading = options.ahead.then((ahead) =>
    readCurrent({...opens, dryRun: options.dryRun, warnings}, ahead)
  );
  reading.catch(() => undefined);
  let opening: Promise<OpenProject> | undefined;
  const close = async () => {
    const open = await (opening ?? reading.then(({read}) => read.open)).catch(() => undefined);
    await open?.close();
  };
  try {
    const {platform} = await options.ahead;
    const account = platform ? accountName(platform.client) : "no account";
    await checkOpenSites(root, account);
    const {read, config} = await reading;
    const {project} = read;
    if (!options.dryRun) await checkDataFolders(project);
    if (options.isForSite) await checkSiteFolders(project);
    if (command === "build") throwProblems(project);
    for (const {page, message} of project.problems)
      warnings.add(page === undefined ? message : `${page}: ${message}`);
    const files = kitFiles(project);
    const pullWarnings: string[] = [];
    let [done, total] = [0, files.length];
    // Without a config nothing can be pulled, which this says.
    if (!platform && files.length > 0) await loadConfig(root);
    const ofIkigai = !platform
      ? withoutPlatform()
      : await refreshCache({
          ...options,
          config,
          ...platform,
          project: await projectName(root),
          cache: cacheFolder(project),
          history: ownFolder(root, "history"),
          files: files.map(({path, pages, loader}) => ({
            path,
            pages,
            loader: loader && join(root, loader.path)
          })),
          present: cachedKitFiles(project),
          isLenient: command === "preview",
          onWarning: (warning) => pullWarnings.push(warning),
          onPlan(plan) {
            total = plan.length;
            options.onPlan?.(plan);
          },
          onProgress({file, step}) {
            if (step === "done") ++done;
            line.progress(file, Math.min(done, total), total);
          }
        });
    const open = () =>
      (opening ??= read.open
        ? Promise.resolve(read.open)
        : openProject({...opens, onWarning: () => {} /* told before */}));
    // In a preview, and where somebody asks for a part, Framework runs what is missing.
    const ownFiles = command === "build" && !options.only;
    const own =
      ownFiles &&
      (await refreshOwnFiles({
        ...{
          root,
          project,
          open,
          force: options.force,
          dryRun: options.dryRun,
          keepStale: options.keepStale
        },
        onPlan: (count) => (total += count),
        onDone: (file) => line.progress(file, ++done, total)
      }));
    const refreshed = own ? withOwn(ofIkigai, own) : ofIkigai;
    const skipped = new Set(refreshed.skipped.map(({file}) => file));
    const paths = files.map(({path}) => path).filter((path) => !skipped.has(path));
    return {read, open, close, config, account, refreshed, files: paths, warnings, pullWarnings};
  } catch (error) {
    stopping.abort();
    await close();
    line.fail();
    if (!signal?.aborted) warnings.forEach((warning) => reporter.warn(warning));
    throw error;
  }
}

/** What there is of Ikigai's data in a project without ikigai.config.ts. */
function withoutPlatform(): Refreshed {
  const manifest = {account: {baseUrl: "", userEmail: ""}, files: {}};
  return {pulled: [], unchanged: [], stale: [], skipped: [], manifest, before: manifest};
}

const withOwn = (
  ofIkigai: Refreshed,
  {pulled, unchanged, stale}: Pick<Refreshed, "pulled" | "unchanged" | "stale">
): Refreshed => ({
  ...ofIkigai,
  pulled: [...ofIkigai.pulled, ...pulled],
  unchanged: [...ofIkigai.unchanged, ...unchanged],
  stale: [...ofIkigai.stale, ...stale]
});

/** `3 files, 1.2 MB, 9 unchanged, 1 stale`; of what would be pulled nobody knows the size. */
function summary({pulled, unchanged, stale}: Refreshed, isDryRun = false): string {
  const size = pulled.reduce((sum, file) => sum + file.bytes, 0);
  const told = isDryRun
    ? `${count(pulled.length)} would be pulled`
    : `${count(pulled.length)}, ${bytes(size)}`;
  return [
    ...(pulled.length > 0 || unchanged.length === 0 ? [told] : []),
    ...(unchanged.length > 0 ? [`${unchanged.length} unchanged`] : []),
    ...(stale.length > 0 ? [`${stale.length} stale`] : [])
  ].join(", ");
}

const count = (files: number) => `${files} ${files === 1 ? "file" : "files"}`;
