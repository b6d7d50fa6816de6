// The key above a chart: what its lines, bands and dots mean.

import {unnamed} from "./labels.js";
import {faded, type Colors} from "./palette.js";
import {rowsBy} from "./rows-by.js";

export interface KeyItem {
  label: string;
  color: string;
  kind: "line" | "upright" | "dashed" | "band" | "dot" | "ring" | "cross" | "square" | "triangle" | "diamond";
  /** How much a band covers; a quarter if left out. */
  opacity?: number;
}

/** A key of names and their colors. */
export const colorKey = ({names, of}: Colors, kind: KeyItem["kind"]): KeyItem[] =>
  names.map((label) => ({label, color: of(label), kind}));

type KindOf = (name: string) => KeyItem["kind"];

/** How a line is drawn: where no two neighbours have a value there are only dots. */
export const kindOfLine = (values: readonly number[]): "line" | "dot" =>
  values.some((value, i) => i > 0 && !isNaN(value) && !isNaN(values[i - 1]!)) || values.every(isNaN)
    ? "line"
    : "dot";

/** The same of the lines of versions, whose rows are in order. */
export function kindsOf<R extends {version: string}>(
  rows: Iterable<R>,
  valueOf: (row: R) => number
): (version: string) => "line" | "dot" {
  const lines = rowsBy(rows, ({version}) => version);
  const kinds = new Map(lines.map((line) => [line[0]!.version, kindOfLine(line.map(valueOf))]));
  return (version) => kinds.get(version) ?? "line";
}

/**
 * A key of versions with lines. One without a value has no line, and says so; the others are left out if their names stand at the
 * lines' ends.
 */
export const lineKey = (
  names: string[],
  of: Colors["of"],
  {valued, direct, kindOf}: {valued: ReadonlySet<string>; direct: boolean; kindOf: KindOf}
): KeyItem[] =>
  names.flatMap((name) => {
    const item = {color: of(name), kind: kindOf(name)};
    if (valued.has(name)) return direct ? [] : [{label: name, ...item}];
    return [{label: `${name.trim() || unnamed} (no value)`, ...item}];
  });

/** The item of the names without a color. */
export const othersKey = (others: readonly string[], kindOf: KindOf): KeyItem[] =>
  others.length
    ? [
        {
          label: othersText(others.length),
          color: faded,
          kind: others.some((name) => kindOf(name) === "line") ? "line" : "dot"
        }
      ]
    : [];

/** "1 other", "38 others": the names without a color, in a key. */
export const othersText = (count: number) =>
  `${count.toLocaleString("en-US")} ${count === 1 ? "other" : "others"}`;

/** The class of keys, by which small multiples find equal ones. */
export const keyClass = "ikigai-key";

/** The key as a row of samples and labels, which wraps on a narrow page. */
export function key(items: KeyItem[]): HTMLElement {
  const element = document.createElement("div");
  element.className = keyClass;
  element.style.cssText =
    "display: flex; flex-wrap: wrap; gap: 2px 16px; font: 12px/1.5 var(--sans-serif, system-ui, sans-serif); margin: 8px 0 4px";
  for (const item of items) {
    const entry = document.createElement("span");
    entry.style.cssText =
      "display: inline-flex; align-items: center; gap: 6px; min-width: 0; overflow-wrap: anywhere";
    const label = document.createElement("bdi"); // names that are read from the right keep to themselves
    label.textContent = item.label.trim() || unnamed;
    entry.append(sample(item), label);
    element.append(entry);
  }
  return element;
}

const shapes: Record<KeyItem["kind"], string> = {
  line: `<path d="M1,6H19" stroke-width="2.5" stroke-linecap="round"/>`,
  upright: `<path d="M10,0V12" stroke-width="2"/>`,
  dashed: `<path d="M1,6H19" stroke-width="2.5" stroke-dasharray="5,4"/>`,
  band: `<rect x="0.5" y="1.5" width="19" height="9" rx="2" fill-opacity="0.25" stroke-width="1"/>`,
  dot: `<circle cx="10" cy="6" r="4.5" stroke="none"/>`,
  ring: `<circle cx="10" cy="6" r="4" fill="none" stroke-width="2.5"/>`,
  cross: `<path d="M6,2L14,10M14,2L6,10" stroke-width="2.5"/>`,
  square: `<rect x="5.5" y="1.5" width="9" height="9" stroke="none"/>`,
  triangle: `<path d="M10,0.5L15,10H5Z" stroke="none"/>`,
  diamond: `<path d="M10,1L14,6L10,11L6,6Z" fill="none" stroke-width="2"/>`
};

function sample({color, kind, opacity}: KeyItem): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("width", "20");
  svg.setAttribute("height", "12");
  svg.setAttribute("aria-hidden", "true");
  svg.style.flex = "none"; // however long the label is
  svg.setAttribute("fill", color);
  svg.setAttribute("stroke", color);
  svg.innerHTML = shapes[kind];
  if (opacity !== undefined) svg.firstElementChild!.setAttribute("fill-opacity", `${opacity}`);
  return svg;
}
