// Icons for a run's status. They say nothing that the text doesn't say, too.
import type {RunStatus} from "../gateway-api/index.js";

const namespace = "http://www.w3.org/2000/svg";

/** Strokes on a canvas of 16 by 16. */
const paths: Record<"done" | "failed" | "waiting" | "running" | "unknown", string> = {
  done: "M14.5 8a6.5 6.5 0 1 1-13 0a6.5 6.5 0 1 1 13 0M5 8.3l2.1 2.1L11 6",
  failed: "M14.5 8a6.5 6.5 0 1 1-13 0a6.5 6.5 0 1 1 13 0M8 4.5v4.2M8 11.2v.1",
  waiting: "M14.5 8a6.5 6.5 0 1 1-13 0a6.5 6.5 0 1 1 13 0M8 4.5V8l2.3 1.6",
  running: "M14.5 8A6.5 6.5 0 0 0 8 1.5",
  unknown:
    "M14.5 8a6.5 6.5 0 1 1-13 0a6.5 6.5 0 1 1 13 0M6.2 6.3a1.9 1.9 0 1 1 2.6 2c-.5.2-.8.5-.8 1M8 11.4v.1"
};

const icons: Record<RunStatus, keyof typeof paths> = {
  queued: "waiting",
  scheduled: "waiting",
  running: "running",
  done: "done",
  failed: "failed",
  stopped: "failed",
  lost: "unknown"
};

/** The icon of a status, hidden from screen readers. */
export function statusIcon(status: RunStatus): SVGSVGElement {
  const svg = document.createElementNS(namespace, "svg");
  const path = document.createElementNS(namespace, "path");
  for (const [name, value] of Object.entries({
    viewBox: "0 0 16 16",
    width: 16,
    height: 16,
    "aria-hidden": true
  })) {
    svg.setAttribute(name, String(value));
  }
  svg.setAttribute("class", `ikigai-icon ikigai-${icons[status]}`);
  path.setAttribute("d", paths[icons[status]]);
  svg.append(path);
  return svg;
}
