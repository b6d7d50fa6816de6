// The two steps that make the site: pull the data that its pages name, then let Framework build.
import {join} from "node:path";
import {formats, pull} from "../../data-loaders/index.js";
import {Ikigai} from "../client/index.js";
import {credentials, loadConfig} from "../config/index.js";
import {buildSite as build, cacheFolder, namedFiles} from "../site/index.js";
import {bytes, step, type Step} from "../terminal/index.js";

export interface SiteOptions {
  /** The project's folder. */
  root: string;
  /** Credentials that take the place of the environment's. */
  env?: Record<string, string>;
  signal?: AbortSignal;
}

export interface PullOptions extends SiteOptions {
  /** Names without extension of the files to pull, of those that pages name; all of them if left out. */
  only?: ReadonlySet<string>;
}

/**
 * Pulls what the pages name into Framework's cache: all of it, or after an error none. Pulling together takes a fraction of
 * what one loader process a file takes, and a build then never publishes what an earlier one had left there.
 */
export async function pullData({root, env, signal, only}: PullOptions): Promise<void> {
  await during("data", async (line) => {
    const config = await loadConfig(root);
    const client = new Ikigai(await credentials(root, {...process.env, ...env}));
    const named = await namedFiles(join(root, "src"), config, formats);
    const files = only ? named.filter((file) => only.has(file.replace(/\.\w+$/, ""))) : named;
    const warnings: string[] = [];
    let done = 0;
    const pulled = await pull({
      config,
      client,
      files,
      into: cacheFolder(root),
      signal,
      onWarning: (warning) => warnings.push(warning),
      onProgress({file, step}) {
        if (step === "done") ++done;
        line.progress(file, done, files.length);
      }
    });
    const size = pulled.reduce((sum, file) => sum + file.bytes, 0);
    line.done(`${pulled.length} ${pulled.length === 1 ? "file" : "files"}, ${bytes(size)}`);
    for (const warning of warnings) process.stderr.write(`  warning: ${warning}\n`);
  });
}

/** Pulls the data and builds the site. */
export async function makeSite(options: SiteOptions): Promise<void> {
  await pullData(options);
  await buildSite(options);
}

/** Builds the site from the data that was pulled. What Framework prints is shown only when it fails. */
export async function buildSite({root, env, signal}: SiteOptions): Promise<void> {
  await during("build", async (line) => {
    let printed = "";
    const onOutput = (text: string) => {
      printed += text;
      const last = text.trim().split("\n").at(-1);
      if (last) line.progress(last);
    };
    try {
      line.done(await build({root, env, signal, onOutput}));
    } catch (error) {
      line.fail();
      if (!signal?.aborted) process.stderr.write(printed);
      throw error;
    }
  });
}

async function during<T>(name: string, work: (line: Step) => Promise<T>): Promise<T> {
  const line = step(name);
  try {
    return await work(line);
  } catch (error) {
    line.fail();
    throw error;
  }
}
