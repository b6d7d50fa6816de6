// A number that matters, on a card.
import {html} from "npm:htl";

/** What stands on a card of class "kpi": a label, a large value and a note below it. */
export const kpi = ({label, value, note = ""}: {label: string; value: unknown; note?: unknown}) =>
  html.fragment`<h2>${label}</h2>
    <div class="value">${value}</div>
    <div class="remark">${note}</div>`;
