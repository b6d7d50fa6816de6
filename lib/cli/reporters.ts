// How the commands show the work on a project: as lines and bars, as JSON, or only where there is something to say.
import type {Progress, Reporter} from "../publishing/index.js";
import {step} from "../terminal/index.js";
import {printWarning} from "./print-warning.js";

/** Lines on standard error, which move in a terminal. */
export const lines = (): Reporter => ({
  begin: (name) => step(name),
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

/** Seconds since a time of `performance.now()`, to the hundredth. */
export const seconds = (began: number): number => Math.round((performance.now() - began) / 10) / 100;
