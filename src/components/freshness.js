// How old the page's data is, and what of it could not be pulled again, by the catalog.
import {html} from "npm:htl";
import {formatMoment} from "./format.js";

/** A line for the files that a page names: when they last changed in Ikigai and when they were pulled. */
export function freshness(catalog, files) {
  const entries = catalog.filter(({file}) => files.includes(file));
  if (!entries.length) return html`<p class="freshness">Nothing is known of this data's age.</p>`;
  const names = [...new Set(entries.map(({name}) => name))].join(", ");
  return html`<p class="freshness">
    ${names} · changed in Ikigai ${formatMoment(latest(entries, "modified_at"))} · pulled
    ${formatMoment(latest(entries, "pulled_at"))}
  </p>`;
}

/** Says which of the files could not be pulled again, since when and why; nothing where all are up to date. */
export function staleNote(catalog, files) {
  const entries = catalog.filter(({file, stale_since}) => files.includes(file) && stale_since);
  if (!entries.length) return html.fragment``;
  const names = [...new Set(entries.map(({name, file}) => name ?? file))].join(", ");
  const problems = new Set(entries.map(({problem}) => problem));
  return html`<div class="stale" role="status">
    <strong>Not up to date.</strong> ${names}: no new data since
    ${formatMoment(latest(entries, "stale_since"))}. This page shows the last data that could be pulled.
    <details>
      <summary>Why</summary>
      <ul>
        ${Array.from(problems, (problem) => html`<li>${problem}</li>`)}
      </ul>
    </details>
  </div>`;
}

const latest = (entries, column) =>
  new Date(Math.max(...entries.map((entry) => Date.parse(utc(entry[column])))));

/** DuckDB writes timestamps in UTC without saying so. */
const utc = (text) => (/Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(" ", "T")}Z`);
