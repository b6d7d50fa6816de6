// How old the page's data is, and what of it could not be pulled again, by the catalog.
import {html} from "npm:htl";
import {newest, type CatalogEntry} from "./catalog.js";
import {formatMoment} from "./format.js";

/** A line for the files that a page names: when they last changed in Ikigai and when they were pulled. */
export function freshness(catalog: CatalogEntry[], files: string[]): HTMLElement {
  const entries = catalog.filter(({file}) => files.includes(file));
  const [changed, pulled] = (["modified_at", "pulled_at"] as const).map((column) =>
    newest(entries.map((entry) => entry[column]))
  );
  if (!changed || !pulled) return html`<p class="freshness">Nothing is known of this data's age.</p>`;
  return html`<p class="freshness">
    ${namesOf(entries)} · changed in Ikigai ${formatMoment(changed)} · pulled ${formatMoment(pulled)}
  </p>`;
}

/** Says which of the files could not be pulled again, since when and why; nothing where all are up to date. */
export function staleNote(catalog: CatalogEntry[], files: string[]): Node {
  const entries = catalog.filter(({file, stale_since}) => files.includes(file) && stale_since);
  const since = newest(entries.map((entry) => entry.stale_since));
  if (!since) return html.fragment``;
  const problems = new Set(entries.map(({problem}) => problem));
  return html`<div class="stale" role="status">
    <strong>Not up to date.</strong> ${namesOf(entries)}: no new data since ${formatMoment(since)}. This page
    shows the last data that could be pulled.
    <details>
      <summary>Why</summary>
      <ul>
        ${Array.from(problems, (problem) => html`<li>${problem}</li>`)}
      </ul>
    </details>
  </div>`;
}

const namesOf = (entries: CatalogEntry[]) =>
  [...new Set(entries.map(({name, file}) => name ?? file))].join(", ");
