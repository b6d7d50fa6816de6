// Shows a run: its status, progress, who started it, and its log.
import type {Run} from "../gateway-api/index.js";
import {hasEnded} from "../gateway-api/has-ended.js";
import {h, setText} from "../dom/index.js";
import {statusIcon} from "./icon.js";
import {isOver} from "./run-state.js";
import {startedBy, statusText, runDuration} from "./run-text.js";

export interface RunView {
  readonly element: HTMLElement;
  /** Shows a run, or that there is none yet, with `remark` below it. */
  show: (run: Run | undefined, about: {viewer: string | null; remark: string}) => void;
  /** Brings "3 minutes ago" up to date. */
  tick: () => void;
}

export function runView(): RunView {
  const icon = h("span", {class: "ikigai-sign"});
  const status = h("strong", {role: "status"});
  const figure = h("span", {class: "ikigai-figure"});
  const bar = h("progress", {max: 100});
  const about = h("p", {class: "ikigai-note"});
  const remark = h("p", {class: "ikigai-remark", role: "status"});
  const log = h("pre", {tabindex: 0, role: "region", "aria-label": "Log"});
  const logSummary = h("summary", {}, "Log");
  const details = h("details", {}, logSummary, log);
  const element = h(
    "section",
    {class: "ikigai-run", "aria-label": "Last run"},
    h("div", {class: "ikigai-standing"}, icon, status, figure),
    bar,
    about,
    remark,
    details
  );
  let shown: Run | undefined;
  let viewer: string | null = null;

  function tick(): void {
    if (!shown) return;
    const {status, progress} = shown;
    const isRunning = status === "running" && progress !== null;
    setText(figure, `${isRunning ? `${Math.round(progress)} % · ` : ""}${runDuration(shown)}`);
    setText(about, startedBy(shown, viewer));
  }

  function showLog(run: Run, isNew: boolean): void {
    const text = [run.message, run.data?.message].filter(Boolean).join("\n\n");
    details.hidden = !text;
    if (isNew || log.textContent !== text)
      details.open = run.status === "failed" || run.data?.status === "failed";
    setText(log, text);
  }

  return {
    element,
    tick,
    show(run, {viewer: who, remark: text}) {
      viewer = who;
      setText(remark, text);
      const isNew = run?.id !== shown?.id;
      if (!shown || isNew || run?.status !== shown.status)
        icon.replaceChildren(...(run ? [statusIcon(run.status)] : []));
      shown = run;
      element.dataset.status = run?.status ?? "none";
      element.setAttribute("aria-label", run && !hasEnded(run) ? "Run under way" : "Last run");
      details.hidden = !run;
      bar.hidden = !run || isOver(run);
      if (!run) {
        setText(status, "");
        setText(figure, "");
        setText(about, "Not run from here yet.");
        return;
      }
      setText(status, statusText(run));
      bar.setAttribute("aria-label", statusText(run));
      // Without a value the bar shows that the progress is unknown.
      if (run.status === "running" && run.progress !== null) bar.value = run.progress;
      else bar.removeAttribute("value");
      showLog(run, isNew);
      tick();
    }
  };
}
