// How the last run of each flow went, kept up to date: those that failed first.
import {html} from "npm:htl";
import type {Run} from "npm:ikigai-kit/gateway-api";
import {followLastRun, standing} from "./run-standing.js";

/** A list of flows, such as `trigger.flows` gives them. Where the page has no gateway, nothing is known of runs, and it says so. */
export function flowStandings(
  flows: {key: string; label: string}[],
  invalidation: Promise<unknown>
): HTMLElement {
  if (!document.querySelector('meta[name="ikigai-gateway"]'))
    return html`<p class="remark">Runs are unknown: this page is served without a gateway.</p>`;
  const list = html`<ul class="standings"></ul>`;
  const items = flows.map(({key, label}) => {
    const state = html`<span>…</span>`;
    const item = html`<li><a href="./flows">${label}</a> ${state}</li>`;
    const show = (run: Run | undefined) => {
      const isFailing = run?.status === "failed" || run?.status === "lost";
      state.textContent = run ? standing(run) : "Not run from here yet";
      state.className = isFailing ? "outcome failed" : "remark";
      item.classList.toggle("failing", isFailing);
    };
    followLastRun(key, show, invalidation).catch((error: unknown) => (state.textContent = String(error)));
    return item;
  });
  list.append(...items);
  return list;
}
