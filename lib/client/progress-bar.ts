// Draws the progress of a run, a download or an upload, for users' own scripts.
import {bytes, step, transferred, type Screen, type Step} from "../terminal/index.js";
import type {FlowStatusReport} from "../wire/index.js";
import {FlowError} from "./errors.js";
import type {Progress, ProgressListener} from "./progress.js";

/**
 * An `onProgress` that draws a bar named `label` in the terminal, and one line at the start and one at the end where the
 * output is piped. It writes to standard error, and nothing before the first report. One can be used for several runs or transfers,
 * one after another.
 *
 * ```ts
 * await flow.run({horizon: 12}, {onProgress: progressBar("Re-forecast")});
 * await dataset.download("forecast.csv", {onProgress: progressBar("Forecast")});
 * ```
 *
 * @param screen where it writes, if not to standard error
 */
export function progressBar(
  label: string,
  screen: Screen = process.stderr
): ProgressListener<FlowStatusReport | Progress> {
  let line: Step | undefined;
  let last: FlowStatusReport | Progress | undefined;
  const show = (report: FlowStatusReport | Progress) => {
    line ??= step(label, screen);
    last = report;
    if ("status" in report) showRun(line, report);
    else line.progress("", report.done, report.total, transferred(report.done, report.total));
  };
  const end = (error?: unknown) => {
    if (error === undefined) line?.done(last && !("status" in last) ? bytes(last.done) : "done");
    // Only the log says that a run failed. After any other error the run may go on.
    else
      line?.fail(
        last && "status" in last && !(error instanceof FlowError) ? "not watched to its end" : "failed"
      );
    line = last = undefined;
  };
  return Object.assign(show, {end});
}

function showRun(line: Step, {status, progress, message}: FlowStatusReport): void {
  // An idle flow's message is about an earlier run.
  if (status === "IDLE") return;
  const label = message || status.toLowerCase();
  if (progress === undefined) line.progress(label);
  else line.progress(label, progress, 100, `${Math.round(progress)}%`);
}
