// What screen readers say of a chart of errors.
import {formatMonth, formatShare} from "./format.js";

export interface ErrorByKey {
  key: Date | number | string;
  wape: number;
}

/** Says which of the rows are the largest and smallest. */
export function describeErrors(svg: Element, {title}: {title: string}, rows: ErrorByKey[]): void {
  const sorted = rows.toSorted((a, b) => b.wape - a.wape);
  const [largest, smallest] = [sorted[0], sorted.at(-1)];
  const tell = ({key, wape}: ErrorByKey) =>
    `${key instanceof Date ? formatMonth(key) : key}: ${formatShare(wape)}`;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `Weighted MAPE, ${title.toLowerCase()}`);
  svg.setAttribute(
    "aria-description",
    largest && smallest ? `Largest at ${tell(largest)}; smallest at ${tell(smallest)}.` : "Nothing to show."
  );
}
