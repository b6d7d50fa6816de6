// Keeps the data of an open preview up to date: when somebody asks, and when the config is saved.
import {watch} from "node:fs";
import type {CheckedConfig} from "../config/index.js";
import {reasonOf} from "../disk/index.js";
import {previewFiles, type PublishedFiles} from "../site/index.js";
import {alone, type ProjectOptions} from "./alone.js";
import {readAndRefresh} from "./project-data.js";

export interface LiveData {
  /** Pulls what has changed, and tells; never rejects. What is asked for meanwhile is done together, next. */
  refresh: () => Promise<void>;
  /** What is wrong with the data now, a sentence each. */
  problems: () => readonly string[];
  close(): void;
}

export interface LiveOptions extends ProjectOptions {
  /** What was wrong when the preview was opened. */
  problems: readonly string[];
  /** Gets where pages find the files that were pulled. */
  show: (files: PublishedFiles) => void;
  /** Gets the config each time that it was read. */
  onConfig?: (config: CheckedConfig) => void;
  log: (line: string) => void;
}

/** Milliseconds without another change after which a file counts as saved. */
const settled = 150;

/** Watches ikigai.config.ts until it is closed. */
export function liveData(options: LiveOptions): LiveData {
  const {root, show, log} = options;
  let problems = options.problems;
  let last: Promise<void> = Promise.resolve();
  let isWaiting = false;
  const run = () =>
    alone(options, async (ahead) => {
      isWaiting = false;
      const {read, close, config, refreshed, files} = await readAndRefresh(
        "preview",
        {...options, ahead, keepStale: true},
        () => {}
      );
      await close();
      problems = problemsOf(refreshed);
      const {pulled} = refreshed;
      if (pulled.length > 0) show(await previewFiles(read.project, files));
      log(pulled.length > 0 ? `new: ${pulled.map(({file}) => file).join(", ")}` : "the data is up to date");
      options.onConfig?.(config);
    });
  const refresh = () => {
    if (isWaiting) return last;
    isWaiting = true;
    last = last.then(run).catch((error: unknown) => {
      isWaiting = false;
      if (options.signal?.aborted) return;
      const message = reasonOf(error);
      problems = [message];
      log(message);
    });
    return last;
  };
  let timer: NodeJS.Timeout | undefined;
  // Editors replace a file rather than write into it, so the folder is watched.
  const watcher = watch(root, (_, name) => {
    if (name !== "ikigai.config.ts" && name !== ".env") return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      log(`${name} was saved`);
      void refresh();
    }, settled);
  });
  return {
    refresh,
    problems: () => problems,
    close() {
      clearTimeout(timer);
      watcher.close();
    }
  };
}

/** What pages should say of a refresh. */
export const problemsOf = ({
  stale,
  skipped
}: {
  stale: readonly {file: string; message: string; since: string}[];
  skipped: readonly {file: string; message: string}[];
}): string[] => [
  ...skipped.map(({file, message}) => `${file} can't be pulled: ${message}`),
  ...stale.map(({file, message, since}) => `${file} is stale since ${since}: ${message}`)
];
