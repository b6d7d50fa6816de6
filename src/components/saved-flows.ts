// The flows of an app that were built in a page, as far as the viewer may delete them: each can be run and deleted here.
import {html} from "npm:htl";
import type {Input} from "npm:@observablehq/inputs";
import * as trigger from "npm:ikigai-kit/trigger";
import {formatDay, formatMoment} from "./format.js";

type SavedFlow = Awaited<ReturnType<trigger.AppTrigger["saved"]>>[number];

interface SavedFlows extends Input<string | null> {
  /** Asks the gateway again what there is. */
  load: () => Promise<void>;
}

/** A list whose value is the key of the flow that was deleted last, or null. */
export function savedFlows(appName: string): SavedFlows {
  const app = trigger.app(appName);
  const hasGateway = document.querySelector('meta[name="ikigai-gateway"]') !== null;
  const list = html`<ul></ul>`;
  const none = html`<p class="remark"></p>`;
  const said = html`<p class="remark" role="status" tabindex="-1"></p>`;
  const element: SavedFlows = Object.assign(html`<div class="saved-flows">${list}${none}${said}</div>`, {
    value: null,
    load
  });

  async function load(): Promise<void> {
    if (!hasGateway)
      return void (none.textContent = "This page is served without a gateway, which keeps them.");
    try {
      const flows = await app.saved();
      const known = new Map([...list.children].map((row) => [(row as HTMLElement).dataset.key, row]));
      // A row in which something is asked stays as it is.
      list.replaceChildren(...flows.map((flow) => known.get(flow.key) ?? rowOf(flow)));
      sayNone();
    } catch (error) {
      none.textContent = (error as Error).message;
    }
  }

  const sayNone = () =>
    (none.textContent =
      list.children.length > 0 ? "" : "There are none that you may delete. What you save is listed here.");

  function rowOf(flow: SavedFlow): HTMLLIElement {
    const {key, name, user, savedAt, expiresAt, mayRun} = flow;
    const run = html`<button type="button" aria-expanded="false">Run …</button>` as HTMLButtonElement;
    const form = html`<div class="run"></div>`;
    const ask = html`<button type="button">Delete</button>` as HTMLButtonElement;
    const yes = html`<button type="button">Delete it</button>` as HTMLButtonElement;
    const no = html`<button type="button">Keep it</button>` as HTMLButtonElement;
    const question = html`<div role="group" hidden>
      <p>Delete the flow and its list of runs? What it has written stays.</p>
      ${yes} ${no}
    </div>`;
    const problem = html`<p class="problem" role="alert"></p>`;
    run.setAttribute("aria-label", `Run ${name}`);
    ask.setAttribute("aria-label", `Delete ${name}`);
    question.setAttribute("aria-label", `Delete ${name}?`);
    const row = html`<li data-key=${key}>
      <div>
        <strong>${name}</strong>
        <span class="remark">
          Saved ${formatMoment(new Date(savedAt))}${user === null ? "" : ` by ${user}`}. Deleted by itself on
          ${formatDay(new Date(expiresAt))}.
        </span>
      </div>
      ${mayRun ? run : ""} ${ask} ${question} ${problem} ${form}
    </li>` as HTMLLIElement;
    const asking = (isAsking: boolean) => {
      question.hidden = !isAsking;
      ask.hidden = isAsking;
      problem.textContent = "";
      (isAsking ? no : ask).focus();
    };
    run.addEventListener("click", () => {
      const isOpen = form.childElementCount > 0;
      form.replaceChildren(...(isOpen ? [] : [trigger.form(key)]));
      run.setAttribute("aria-expanded", String(!isOpen));
    });
    ask.addEventListener("click", () => asking(true));
    no.addEventListener("click", () => asking(false));
    question.addEventListener("keydown", ({key}) => key === "Escape" && asking(false));
    yes.addEventListener("click", () => void remove());

    async function remove(): Promise<void> {
      if (yes.getAttribute("aria-disabled") === "true") return;
      yes.setAttribute("aria-disabled", "true");
      try {
        await app.delete(key);
      } catch (error) {
        // One that is gone already needn't be deleted.
        if (!(error instanceof trigger.TriggerError && error.code === "unknown")) {
          asking(false);
          problem.textContent = (error as Error).message;
          return;
        }
      } finally {
        yes.removeAttribute("aria-disabled");
      }
      row.remove();
      said.textContent = `“${name}” is deleted.`;
      said.focus();
      sayNone();
      element.value = key;
      element.dispatchEvent(new Event("input", {bubbles: true}));
    }
    return row;
  }

  void load();
  return element;
}
