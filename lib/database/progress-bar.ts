// A bar that shows what a database is busy with, and nothing while it isn't.
import type {Database} from "./types.js";

/**
 * A progress bar to `display`. It fills while the database opens and loads, hides when all is done, and shows errors.
 */
export function progressBar(database: Pick<Database, "onProgress">): HTMLElement {
  const element = document.createElement("div");
  element.setAttribute("role", "status");
  element.style.cssText =
    "font: 13px/1.4 var(--sans-serif, system-ui, sans-serif); color: var(--theme-foreground-muted, inherit)";
  const label = document.createElement("span");
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.style.cssText =
    "width: 100%; height: 4px; margin-top: 4px; accent-color: var(--theme-foreground-focus, currentColor)";
  element.append(label, bar);
  database.onProgress(({message, fraction, error}) => {
    element.hidden = !message && !error;
    label.toggleAttribute("data-error", !message && error !== undefined);
    bar.style.display = message ? "block" : "none";
    bar.setAttribute("aria-label", message);
    bar.value = fraction;
    label.textContent = message ? `${message} …` : (error?.message ?? "");
  });
  return element;
}
