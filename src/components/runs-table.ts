// The last runs of a flow as a table: when, who, how long, how it ended, with what, and what the log says.
import {html} from "npm:htl";
import type {Run} from "npm:ikigai-kit/gateway-api";
import {formatMoment, formatOutcome, formatSeconds} from "./format.js";

const heads = ["Started", "Started by", "Duration", "Outcome", "Parameters", "Log"];

interface RunsTable extends HTMLElement {
  show(runs: Run[]): void;
}

/** A table that `show(runs)` brings up to date; rows that say what they said before stay as they are, focus and all. */
export function runsTable(): RunsTable {
  const body = html`<tbody></tbody>` as HTMLTableSectionElement;
  const rows = new Map<string, {text: string; row: HTMLElement}>();
  const element = html`<div class="scroll" tabindex="0" role="region" aria-label="Last runs">
    <table class="comparison runs">
      <thead>
        <tr>
          ${heads.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      ${body}
    </table>
  </div>`;
  return Object.assign(element, {
    show(runs: Run[]) {
      const wanted = runs.map((run) => {
        const text = JSON.stringify(run);
        const known = rows.get(run.id);
        if (known?.text === text) return known.row;
        const row = rowOf(run);
        rows.set(run.id, {text, row});
        return row;
      });
      wanted.forEach((row, i) => {
        if (body.rows[i] !== row) body.insertBefore(row, body.rows[i] ?? null);
      });
      while (body.rows.length > wanted.length) body.lastElementChild!.remove();
    }
  });
}

function rowOf(run: Run): HTMLElement {
  const {createdAt, startedAt, endedAt, status, progress, user, variables, facet, message, data} = run;
  const duration =
    startedAt && endedAt ? formatSeconds((Date.parse(endedAt) - Date.parse(startedAt)) / 1000) : "–";
  const where = facet ? ` in ${facet.name || facet.type}` : "";
  const share = status === "running" && progress !== null ? `, ${Math.round(progress)} %` : "";
  const log = [message, data?.message].filter(Boolean).join("\n");
  const parameters = Object.entries(variables).map(([name, value]) => `${name} ${value}`);
  return html`<tr>
    <td><time datetime=${createdAt}>${formatMoment(new Date(createdAt))}</time></td>
    <td>${user ?? "–"}</td>
    <td>${duration}</td>
    <td class=${`outcome ${status}`}>${formatOutcome(status)}${where}${share}</td>
    <td>${parameters.join(", ") || "–"}</td>
    <td class="log">${log || "–"}</td>
  </tr>`;
}
