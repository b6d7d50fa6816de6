// How old the page's data is, by the catalog.
import {html} from "npm:htl";

const time = new Intl.DateTimeFormat("en-US", {dateStyle: "medium", timeStyle: "short"});

/** A line for the files that a page names: when they last changed in Ikigai and when they were pulled. */
export function freshness(catalog, files) {
  const entries = catalog.filter(({file}) => files.includes(file));
  if (!entries.length) return html`<p class="freshness">Nothing is known of this data's age.</p>`;
  const latest = (column) => new Date(Math.max(...entries.map((entry) => Date.parse(utc(entry[column])))));
  const names = [...new Set(entries.map(({name}) => name))].join(", ");
  return html`<p class="freshness">
    ${names} · changed in Ikigai ${time.format(latest("modified_at"))} · pulled
    ${time.format(latest("pulled_at"))}
  </p>`;
}

/** DuckDB writes timestamps in UTC without saying so. */
const utc = (text) => (/Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(" ", "T")}Z`);
