// A chart of each column of a dataset: how its values are distributed, or which come most often.
import {html} from "npm:htl";
import {columnProfile} from "npm:ikigai-kit/charts";
import type {ColumnProfile} from "npm:ikigai-kit/metrics";
import {formatInteger} from "./format.js";

/** As many charts as a page draws at once; a table may have thousands of columns. */
const limit = 24;
const [gap, least] = [32, 250];

/** The charts, side by side as far as each has room. */
export function profileCharts(columns: ColumnProfile[], width: number): HTMLElement {
  const across = Math.max(1, Math.floor((width + gap) / (least + gap)));
  const each = Math.floor((width - gap * (across - 1)) / across);
  const more = columns.length - limit;
  return html`<div>
    <div class="profiles">
      ${columns
        .slice(0, limit)
        .map(({column}) => columnProfile(columns, {column, subtitle: column, width: each, limit: 6}))}
    </div>
    ${more > 0 ? html`<p class="remark">and ${formatInteger(more)} more columns, of which the table tells</p>` : ""}
  </div>`;
}
