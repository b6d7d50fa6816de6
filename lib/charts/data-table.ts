// A chart's data as a table, for those who can't see the picture or want the numbers.
import {h} from "../dom/index.js";
import {tableClass} from "./chart-style.js";
import type {Contents} from "./contents.js";

/** How many rows a table shows at most. */
const mostRows = 300;

/** Gives a figure a button that shows the table and hides it; the table is made when it is first shown. */
export function addTable(figure: HTMLElement, name: string, contents: () => Contents, isOpen: boolean): void {
  const button = h("button", {type: "button"});
  let table: HTMLElement | undefined;
  let isShown = false;
  const show = (shown: boolean) => {
    isShown = shown;
    if (isShown && !table) figure.append((table = dataTable(name, contents())));
    if (table) table.hidden = !isShown;
    button.textContent = isShown ? "Hide table" : "Show as table";
    button.setAttribute("aria-label", `${button.textContent}: ${name}`);
    button.setAttribute("aria-expanded", String(isShown));
  };
  button.addEventListener("click", () => show(!isShown));
  figure.append(button);
  show(isOpen);
}

function dataTable(name: string, {columns, rows}: Contents): HTMLElement {
  const shown = rows.slice(0, mostRows);
  const count =
    rows.length > mostRows
      ? `The first ${mostRows} of ${rows.length.toLocaleString("en-US")} rows`
      : `${rows.length} ${rows.length === 1 ? "row" : "rows"}`;
  const table = h(
    "table",
    {},
    h("caption", {}, count),
    h("thead", {}, h("tr", {}, ...columns.map((column) => h("th", {scope: "col", dir: "auto"}, column)))),
    h(
      "tbody",
      {},
      ...shown.map(({cells: [first, ...rest]}) =>
        h(
          "tr",
          {},
          h("th", {scope: "row", dir: "auto"}, first),
          ...rest.map((cell) => h("td", {}, cell || "–"))
        )
      )
    )
  );
  // It can be scrolled, also with keys.
  return h("div", {class: tableClass, role: "region", "aria-label": `Table: ${name}`, tabindex: 0}, table);
}
