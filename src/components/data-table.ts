// A table of rows: sorted by its heads, by keys too, its first column in place while the others scroll, and a count of what it shows.
import {html} from "npm:htl";
import {tableFormat} from "npm:ikigai-kit/page";
import {formatInteger} from "./format.js";

export type TableRow = Record<string, unknown>;

export interface Column {
  name: string;
  /** Its head; by default its name. */
  label?: string;
  /** What a cell shows: a text or an element. By default numbers and times are written as in started pages. */
  format?: (value: unknown, row: TableRow) => unknown;
  /** Where texts stand; numbers always stand at the right. */
  align?: "right";
  /** How its values are explained, for a pointer that rests on the head. */
  title?: string;
}

interface TableOptions {
  /** What the rows are, for screen readers. */
  label: string;
  columns?: Column[];
  /** How many rows there are, if more than are given. */
  found?: number;
  /** What a row is, for the count. */
  unit?: string;
  /** How many rows are shown at first. */
  limit?: number;
  /** Whether numbers have all of their digits, as answers of a query should, and not those that people read. */
  isExact?: boolean;
}

type Order = {name: string; descending: boolean} | undefined;

/** The table. Numbers stand at the right; a value that is missing is an en dash, and comes last however it is sorted. */
export function dataTable(
  rows: TableRow[],
  {
    label,
    columns = columnsOf(rows),
    found = rows.length,
    unit = "row",
    limit = 100,
    isExact = false
  }: TableOptions
): HTMLElement {
  if (!rows.length) return html`<p class="remark">${label}: no rows.</p>`;
  let order: Order;
  let shown = limit;
  const written = tableFormat(rows).format;
  const textOf = (name: string) => (value: unknown) =>
    isExact && isNumeric(value) ? String(value) : written[name]!(value);
  const isNumber = new Map(columns.map(({name}) => [name, rows.some((row) => isNumeric(row[name]))]));
  const kindOf = ({name, align}: Column) => (align || isNumber.get(name) ? "" : "text");
  const body = html`<tbody></tbody>`;
  const count = html`<span role="status"></span>`;
  const more = html`<button type="button">Show more</button>`;
  const heads = columns.map((column) => head(column, kindOf(column), () => sort(column.name)));

  function sort(name: string): void {
    // Numbers are most telling from the largest down.
    const first = isNumber.get(name)!;
    order = {name, descending: order?.name === name ? !order.descending : first};
    heads.forEach((head, i) => {
      const isSorted = columns[i]!.name === name;
      head.ariaSort = isSorted ? (order!.descending ? "descending" : "ascending") : null;
    });
    draw();
  }
  function draw(): void {
    const sorted = order ? rows.toSorted(comparing(order.name, order.descending)) : rows;
    const few = sorted.slice(0, shown);
    body.replaceChildren(...few.map(line));
    count.textContent = `${formatInteger(few.length)} of ${formatInteger(found)} ${found === 1 ? unit : `${unit}s`}`;
    more.hidden = few.length === rows.length;
  }
  function line(row: TableRow): HTMLElement {
    return html`<tr>
      ${columns.map((column, i) => {
        const {name, format = textOf(name)} = column;
        const shown = row[name] == null ? "–" : format(row[name], row);
        const kind = kindOf(column);
        return i ? html`<td class=${kind}>${shown}</td>` : html`<th scope="row" class=${kind}>${shown}</th>`;
      })}
    </tr>`;
  }
  more.addEventListener("click", () => {
    shown += 10 * limit;
    draw();
  });
  draw();
  return html`<div class="data-table">
    <div class="scroll" tabindex="0" role="region" aria-label=${label}>
      <table class="comparison">
        <thead>
          <tr>
            ${heads}
          </tr>
        </thead>
        ${body}
      </table>
    </div>
    <p class="remark">${count} ${more}</p>
  </div>`;
}

function head({name, label = name, title}: Column, kind: string, sort: () => void): HTMLElement {
  const button = html`<button type="button" title=${title ?? "Sort"}>${label}</button>`;
  button.addEventListener("click", sort);
  return html`<th scope="col" class=${kind}>${button}</th>`;
}

const isNumeric = (value: unknown) => typeof value === "number" || typeof value === "bigint";

const comparing = (name: string, descending: boolean) => (a: TableRow, b: TableRow) => {
  const [left, right] = [a[name], b[name]] as (string | number | null | undefined)[];
  if (left == null || right == null) return Number(left == null) - Number(right == null);
  const order = left < right ? -1 : Number(left > right);
  return descending ? -order : order;
};

const columnsOf = (rows: TableRow[]): Column[] =>
  [...new Set(rows.flatMap((row) => Object.keys(row)))].map((name) => ({name}));
