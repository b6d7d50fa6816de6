// The styles of every chart's figure that can't stand on its elements: of the mouse, of keys, and on paper.
import {useStyle} from "../dom/index.js";
import {mutedText} from "./palette.js";

export const figureClass = "ikigai-chart";
export const hiddenClass = "ikigai-chart-hidden";
export const tableClass = "ikigai-chart-table";

// On paper, the variables of a dark theme are those of a light one, since browsers leave its background out.
const css = `
.${figureClass} {position: relative; break-inside: avoid}
.${figureClass} > :is(h3, figcaption) {color: ${mutedText}}
.${figureClass} > svg:focus-visible {outline: 2px solid var(--theme-foreground-focus, currentColor); outline-offset: 3px}
.${figureClass} > button {position: absolute; top: 0; right: 0; opacity: 0; font: 12px var(--sans-serif, system-ui, sans-serif);
  padding: 4px 8px; min-height: 24px; color: inherit; background: var(--plot-background, Canvas);
  border: 1px solid var(--theme-foreground-muted, currentColor); border-radius: 4px; cursor: pointer}
.${figureClass}:hover > button, .${figureClass}:focus-within > button, .${figureClass} > button[aria-expanded=true] {opacity: 1}
.${hiddenClass} {position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap}
.${tableClass} {max-height: 320px; overflow: auto}
.${tableClass} table {width: auto; max-width: none; margin: 8px 0; border-collapse: collapse;
  font: 13px/1.4 var(--sans-serif, system-ui, sans-serif); font-variant-numeric: tabular-nums}
.${tableClass} :is(th, td) {padding: 2px 16px 2px 0; text-align: right}
.${tableClass} :is(caption, th:first-child) {text-align: left}
@media print {
  .${figureClass} {color: #1b1e23; --plot-background: #fff; --theme-background: #fff; --theme-foreground: #1b1e23; --theme-foreground-muted: #5f6267;
    --theme-foreground-faint: #777a7e; --theme-foreground-fainter: #a8aaac; --theme-foreground-faintest: #d9dadb}
  .${figureClass} > svg {max-width: 100%; height: auto}
  .${figureClass} > button {display: none}
  .${tableClass} {max-height: none; overflow: visible}
}`;

/** Adds the styles to the page. */
export const useChartStyle = () => useStyle(css);
