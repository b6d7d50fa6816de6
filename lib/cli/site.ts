// Makes, publishes and previews the project's site, and prints how it goes: the work is done by lib/site and the data loaders.
import {fillCache} from "../../data-loaders/fill-cache.js";
import {Ikigai} from "../client/index.js";
import {credentials, loadConfig} from "../config/index.js";
import {
  buildSite,
  builtFiles,
  cachedKitFiles,
  cacheFolder,
  checkPreviews,
  claimPreview,
  kitFiles,
  oneAtATime,
  openProject,
  previewFiles,
  throwProblems,
  withProjectLock,
  type OpenProject,
  type Publish,
  type PublishedFiles
} from "../site/index.js";
import {bytes, step, type Step} from "../terminal/index.js";
import {printWarning} from "./print-warning.js";

export interface SiteOptions {
  /** The project's folder. */
  root: string;
  /** Credentials that take the place of the environment's. */
  env?: Record<string, string>;
  signal?: AbortSignal;
}

interface MakeOptions extends SiteOptions {
  /** Names without extension of the files to pull; those besides are used as they were pulled before. All are pulled if left out. */
  only?: ReadonlySet<string>;
}

/** The file that tells when each other one was pulled. */
const catalog = "catalog";

/** Pulls the data that the pages need and builds the site. After an error the site is as it was. */
export const makeSite = (options: MakeOptions): Promise<{folder: string; files: PublishedFiles}> =>
  alone(options, async () => {
    const printed = {stdout: "", stderr: ""};
    const {open, files, warnings} = await openAndPull("build", options, {
      onOutput: (text, stream) => (printed[stream] += text)
    });
    try {
      const folder = await during("build", async (line) => {
        const folder = await buildSite(open);
        line.done(folder);
        return folder;
      });
      process.stderr.write(printed.stderr); // what the project's own loaders say
      return {folder, files: await builtFiles(folder, files)};
    } catch (error) {
      if (!options.signal?.aborted) process.stderr.write(printed.stdout + printed.stderr);
      throw error;
    } finally {
      if (!options.signal?.aborted) warnings.forEach(printWarning);
      await open.close();
    }
  });

// Either tells of every data file, changed or not: a page that missed a publication catches up with the next.

/**
 * Publishes into the finished site.
 * @param show lets the gateway know of a new site; it serves the one before until then
 */
export const publisher = (site: SiteOptions, show: (folder: string) => Promise<void>): Publish =>
  oneAtATime(async (names, signal) => {
    const {folder, files} = await makeSite({...site, signal, only: new Set([...names, catalog])});
    await show(folder);
    return files;
  });

/** Publishes for Framework's preview, which serves what lies in its cache. */
export const previewPublisher = (site: SiteOptions): Publish =>
  oneAtATime((names, signal) =>
    alone({...site, signal}, async () => {
      const options = {...site, signal, only: new Set([...names, catalog])};
      const {open, files} = await openAndPull("preview", options, {onOutput: () => {}});
      await open.close();
      return previewFiles(open.project, files);
    })
  );

export interface OpenPreview {
  open: OpenProject;
  /** Lets builds with another account's data in again. */
  release: () => Promise<void>;
}

/** Pulls the data and opens the project for a preview. What can't be built yet is told and left to the page, which shows it. */
export const openPreview = (options: SiteOptions, onOutput: (text: string) => void): Promise<OpenPreview> =>
  alone(options, async () => {
    const {open, account, warnings} = await openAndPull("preview", options, {onOutput});
    warnings.forEach(printWarning);
    return {open, release: await claimPreview(options.root, account)};
  });

/** Does work on the project that nobody else may do at the same time. */
function alone<T>({root, signal}: SiteOptions, work: () => Promise<T>): Promise<T> {
  const onWait = () => process.stderr.write("… waiting for another ikigai-kit that works on this project\n");
  return withProjectLock(root, {signal, onWait}, work);
}

interface Opened {
  open: OpenProject;
  /** The files of Ikigai's data that the site has, by their paths from the source root. */
  files: string[];
  account: string;
  /** What Framework has warned of, and goes on to. */
  warnings: Set<string>;
}

/**
 * Pulls what the pages need into Framework's cache, all of it or after an error none, and gives the open project. Pulling together
 * takes a fraction of what one loader process a file takes, and a build then never publishes what an earlier one had left there.
 */
const openAndPull = (
  command: "build" | "preview",
  {root, env, signal, only}: MakeOptions,
  {onOutput}: {onOutput: (text: string, stream: "stdout" | "stderr") => void}
): Promise<Opened> =>
  during("data", async (line) => {
    const warnings = new Set<string>();
    const stopping = new AbortController();
    const either = AbortSignal.any([stopping.signal, ...(signal ? [signal] : [])]);
    const onWarning = (warning: string) => void warnings.add(warning);
    // Framework takes its time to start; meanwhile the rest is looked at.
    const opening = openProject({root, env, signal: either, command, onOutput, onWarning});
    opening.catch(() => undefined);
    try {
      const config = await loadConfig(root);
      const client = new Ikigai(await credentials(root, {...process.env, ...env}));
      const account = `${client.userEmail} at ${client.baseUrl}`;
      await checkPreviews(root, account);
      const open = await opening;
      const {project} = open;
      if (command === "build") throwProblems(project);
      for (const {page, message} of project.problems)
        onWarning(page === undefined ? message : `${page}: ${message}`);
      const files = kitFiles(project);
      const pullWarnings: string[] = [];
      let done = 0;
      const {pulled, skipped} = await fillCache({
        config,
        client,
        cache: cacheFolder(project),
        files,
        present: cachedKitFiles(project),
        only,
        isLenient: command === "preview",
        signal,
        onWarning: (warning) => pullWarnings.push(warning),
        onProgress({file, step}) {
          if (step === "done") ++done;
          line.progress(file, done, files.length);
        }
      });
      const size = pulled.reduce((sum, file) => sum + file.bytes, 0);
      line.done(`${pulled.length} ${pulled.length === 1 ? "file" : "files"}, ${bytes(size)}`);
      pullWarnings.forEach(printWarning);
      const paths = files.map(({path}) => path).filter((path) => !skipped.includes(path));
      return {open, files: paths, account, warnings};
    } catch (error) {
      stopping.abort();
      await opening.catch(() => undefined);
      line.fail();
      if (!signal?.aborted) warnings.forEach(printWarning);
      throw error;
    }
  });

async function during<T>(name: string, work: (line: Step) => Promise<T>): Promise<T> {
  const line = step(name);
  try {
    return await work(line);
  } catch (error) {
    line.fail();
    throw error;
  }
}
