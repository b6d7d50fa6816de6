// A table of a dataset's columns, with a small histogram of each.
import {html, svg} from "npm:htl";
import {dataTable} from "./data-table.js";
import {formatInteger, formatShare} from "./format.js";
import type {ColumnProfile} from "npm:ikigai-kit/metrics";

const [width, height] = [120, 28];

/** One row a column. */
export const profileTable = (columns: ColumnProfile[]) =>
  dataTable(columns.map(withBins), {
    label: "Columns",
    unit: "column",
    columns: [
      {name: "column", label: "Column"},
      {name: "type", label: "Type"},
      {name: "missing", label: "Missing", format: (n, row) => missing(n as number, row.rows as number)},
      {name: "distinct", label: "Distinct", format: (n) => formatInteger(n as number)},
      {name: "min", label: "Smallest", format: short},
      {name: "max", label: "Largest", format: short},
      {
        name: "bins",
        label: "Distribution",
        title: "How often values fall into 20 bins of equal width; of texts, the most frequent",
        format: (bins, {column}) => histogram(bins as number[], String(column))
      }
    ]
  });

const missing = (n: number, rows: number) => (n ? `${formatInteger(n)} (${formatShare(n / rows)})` : "none");

/** A text of a cell: times without a time of day where that is midnight, whole numbers without ".0". */
const short = (value: unknown) => String(value).replace(/ 00:00:00$|\.0$/, "");

/** With how often values fall into each bin; where there are none, as of texts, how often the most frequent ones come. */
const withBins = (profile: ColumnProfile) => ({
  ...profile,
  bins: Array.from<{count: number}, number>(profile.histogram ?? profile.top, ({count}) => count)
});

function histogram(bins: number[], column: string): HTMLElement {
  const most = Math.max(1, ...bins);
  const step = width / Math.max(1, bins.length);
  return html`<svg width=${width} height=${height} role="img" aria-label=${`Distribution of ${column}`}>
    ${bins.map((n, i) => {
      const bar = n ? Math.max(1, (n / most) * height) : 0;
      return svg`<rect x=${i * step} y=${height - bar} width=${Math.max(1, step - 1)} height=${bar} fill="var(--theme-foreground-focus)" />`;
    })}
  </svg>`;
}
