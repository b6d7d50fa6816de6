// How the commands show the work on a project: as lines and bars, as JSON, or only where there is something to say.
import type {Progress, Reporter} from "../publishing/index.js";
import type {Refreshed} from "../../data-loaders/refresh.js";
import {step} from "../terminal/index.js";
import {explain} from "./explain.js";
import {stopped} from "./interruption.js";
import {printWarning} from "./print-warning.js";

/** Lines on standard error, which move in a terminal. What `signal` cuts short was stopped, and hasn't failed. */
export const lines = (signal?: AbortSignal): Reporter => ({
  begin(name) {
    const line = step(name);
    return {...line, fail: () => line.fail(signal?.aborted ? stopped : undefined)};
  },
  warn: printWarning,
  output: (text) => void process.stderr.write(text),
  wait: (message) => void process.stderr.write(`… ${message}\n`)
});

/** Warnings, and what programs of the project print, alone: for cron, which mails whatever is printed. */
export const quiet = (): Reporter => ({...lines(), begin: () => silent, wait: () => {}});

/** An object a line, on standard output. */
export const jsonLines = (): Reporter => ({
  begin(name) {
    const began = performance.now();
    const end = (outcome: string, told: object) =>
      printJson({type: "step", name, outcome, ...told, seconds: seconds(began)});
    return {...silent, done: (result) => end("done", {result}), fail: () => end("failed", {})};
  },
  warn: (message) => printJson({type: "warning", message}),
  output: (text) => void process.stderr.write(text),
  wait: (message) => printJson({type: "waiting", message})
});

const silent: Progress = {progress: () => {}, done: () => {}, fail: () => {}};

export const printJson = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

/**
 * Does work whose last line of JSON is a summary, also where it fails; a failure is explained on standard error, too.
 * @param rest what the summary tells besides
 */
export async function summarized(
  signal: AbortSignal,
  work: () => Promise<{refreshed: Pick<Refreshed, "pulled" | "unchanged" | "stale">; rest?: object}>,
  rest: object = {}
): Promise<void> {
  const began = performance.now();
  const nothing = {pulled: [], unchanged: []};
  const print = (told: object) => printJson({type: "summary", ...rest, ...told, seconds: seconds(began)});
  try {
    const {refreshed, rest} = await work();
    const {pulled, unchanged, stale} = refreshed;
    const failed = stale.map(({file, message, since}) => ({file, message, since}));
    print({...rest, pulled: pulled.map(({file}) => file), unchanged, failed});
  } catch (error) {
    if (signal.aborted) throw error;
    print({...nothing, failed: [{message: error instanceof Error ? error.message : String(error)}]});
    process.stderr.write(explain(error));
    process.exitCode = 1;
  }
}

/** Seconds since a time of `performance.now()`, to the hundredth. */
const seconds = (began: number): number => Math.round((performance.now() - began) / 10) / 100;
