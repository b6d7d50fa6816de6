// What screen readers say of a chart of errors.
import {formatMonth, formatShare} from "./format.js";

/** Says which of the rows of `key` and `wape` are the largest and smallest. */
export function describeErrors(svg, {title}, rows) {
  const sorted = rows.toSorted((a, b) => b.wape - a.wape);
  const tell = ({key, wape}) => `${key instanceof Date ? formatMonth(key) : key}: ${formatShare(wape)}`;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `Weighted MAPE, ${title.toLowerCase()}`);
  svg.setAttribute(
    "aria-description",
    rows.length ? `Largest at ${tell(sorted[0])}; smallest at ${tell(sorted.at(-1))}.` : "Nothing to show."
  );
}
