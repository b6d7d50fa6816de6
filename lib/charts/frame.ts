// The figure around every chart: title, key, a description for screen readers, and a text when there is no data.
import * as Plot from "@observablehq/plot";
import {key, type KeyItem} from "./key.js";
import {muted} from "./palette.js";

/** Options of every chart; all options of Plot.plot work, too. */
export interface FrameOptions extends Omit<Plot.PlotOptions, "figure" | "title" | "subtitle" | "caption"> {
  /** In pixels; a page passes its own width: `resize((width) => forecastChart(data, {width}))`. */
  width?: number;
  /** In pixels; the default depends on the chart. */
  height?: number;
  title?: string;
  subtitle?: string;
  caption?: string;
  /** What the chart shows, for screen readers; by default made from the data. */
  ariaDescription?: string;
}

/**
 * The width to draw at, at least 200 pixels, since margins wider than the chart leave nothing to draw. With less room, as for a
 * moment while a page is laid out, the chart is scaled down.
 */
export const drawable = (width: number) => Math.max(200, width);

/** Draws the marks in a figure. */
export function frame({
  key: items = [],
  style,
  ariaLabel,
  title,
  ...options
}: FrameOptions & {key?: KeyItem[]}): HTMLElement {
  const figure = Plot.plot({
    ...options,
    title,
    ariaLabel: ariaLabel ?? title ?? "Chart",
    figure: true,
    style: {
      fontFamily: "var(--sans-serif, system-ui, sans-serif)",
      fontSize: "12px",
      overflow: "visible",
      ...asObject(style)
    }
  }) as HTMLElement;
  const svg = figure.querySelector<SVGSVGElement>(":scope > svg")!;
  hideParts(svg);
  if (items.length) svg.before(key(items));
  return figure;
}

/**
 * Makes the picture one image for screen readers, with a name and a description: Plot labels its parts, "line" and
 * "text", in a way that ARIA doesn't allow for parts without a role.
 */
function hideParts(svg: SVGSVGElement): void {
  const parts = document.createElementNS(svg.namespaceURI, "g");
  parts.setAttribute("aria-hidden", "true");
  parts.append(...svg.querySelectorAll(":scope > :not(style)"));
  svg.append(parts);
  svg.setAttribute("role", "img");
}

/** The same figure without data. */
export function emptyFrame({marks: _marks, x: _x, y: _y, ...options}: FrameOptions): HTMLElement {
  return frame({
    ...options,
    ariaDescription: "No data",
    marks: [Plot.text(["No data"], {frameAnchor: "middle", fill: muted, fontSize: 14})]
  });
}

const asObject = (style: Plot.PlotOptions["style"]) =>
  typeof style === "object" && style !== null ? style : {};

/** How much room the labels of an axis need, in pixels. */
export function room(labels: string[]): number {
  return Math.ceil(Math.max(0, ...labels.map((label) => label.length)) * 6.7);
}

/** The y axis of values: thin lines, not too many. */
export const valueAxis = (height: number) =>
  ({grid: true, nice: true, tickSize: 0, ticks: Math.max(3, Math.round(height / 50))}) as const;

export const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
