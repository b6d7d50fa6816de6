// What is new in the data: the datasets and models that changed last.
import {html} from "npm:htl";
import {sourcesOf, tellsMore, timeOf, type CatalogEntry} from "./catalog.js";
import {formatAgo, formatInteger, formatMoment} from "./format.js";

/** A list of what changed with the newest data and the times before, the last first; at most `limit` of them. */
export function lastChanges(catalog: CatalogEntry[], limit = 6): HTMLElement {
  const changed = catalog.filter(({changed_at}) => changed_at !== null);
  const sources = sourcesOf(changed, isBetter).sort(
    (a, b) => +timeOf(b.changed_at!) - +timeOf(a.changed_at!)
  );
  if (!sources.length)
    return html`<p class="remark">
      Nothing yet: these pages have the first data that was pulled, so there is none before to compare it
      with.
    </p>`;
  const rest = sources.length - limit;
  return html`<div>
    <ul class="standings">
      ${sources.slice(0, limit).map(item)}
    </ul>
    ${rest > 0 ? html`<p class="remark">and ${rest} more before</p>` : ""}
  </div>`;
}

/** Of a source's files what changed last counts. */
function isBetter(one: CatalogEntry, other: CatalogEntry): boolean {
  const later = +timeOf(one.changed_at!) - +timeOf(other.changed_at!);
  return later ? later > 0 : tellsMore(one, other);
}

function item(entry: CatalogEntry): HTMLElement {
  const time = timeOf(entry.changed_at!);
  return html`<li>
    <a href=${pageOf(entry)}>${entry.name ?? entry.file}</a> ${changeOf(entry)}
    <time class="remark" datetime=${time.toISOString()} title=${formatMoment(time)}
      >${formatAgo(time.toISOString())}</time
    >
  </li>`;
}

const pageOf = ({kind, file}: CatalogEntry) =>
  kind === "model"
    ? `./models/${file.replace(/-versions$/, "")}`
    : `./data?${new URLSearchParams({dataset: file}).toString()}`;

/** "22 rows more, 308 in all". */
function changeOf({
  kind,
  rows,
  rows_before: before
}: Pick<CatalogEntry, "kind" | "rows" | "rows_before">): string {
  if (rows === null || before === null) return "new values";
  const unit = kind === "model" ? "version" : "row";
  const counted = (n: number) => `${formatInteger(n)} ${n === 1 ? unit : `${unit}s`}`;
  if (rows === before) return `new values in ${counted(rows)}`;
  const change = rows - before;
  return `${counted(Math.abs(change))} ${change > 0 ? "more" : "fewer"}, ${formatInteger(rows)} in all`;
}
