// The figure around every chart: title, key, a description for screen readers, and a text when there is no data.
import * as Plot from "@observablehq/plot";
import {figureClass, useChartStyle} from "./chart-style.js";
import type {Contents} from "./contents.js";
import {addTable} from "./data-table.js";
import {explore} from "./explore.js";
import {key, type KeyItem} from "./key.js";
import {distinctLabels, textWidth} from "./labels.js";
import {mutedText} from "./palette.js";

/** Options of every chart; all options of Plot.plot work, too. */
export interface FrameOptions extends Omit<
  Plot.PlotOptions,
  "figure" | "title" | "subtitle" | "caption" | "clip"
> {
  /** In pixels; a page passes its own width: `resize((width) => forecastChart(data, {width}))`. */
  width?: number;
  /** In pixels; the default depends on the chart. */
  height?: number;
  title?: string;
  subtitle?: string;
  caption?: string;
  /** The chart's name for screen readers; by default its title and what it shows. */
  ariaLabel?: string;
  /** What the chart shows, for screen readers; by default made from the data. */
  ariaDescription?: string;
  /** Whether the data is shown as a table under the chart; by default a button shows it, and `false` leaves that out. */
  table?: boolean;
}

/** What a chart gives its figure beside what its users choose. */
interface ChartParts {
  /** What it shows, such as "MAPE by version"; after the title, its name for screen readers. */
  name?: string;
  key?: KeyItem[];
  /** Its data, for keys and for the table. It is asked for when somebody needs it. */
  contents?: () => Contents;
}

/**
 * The width to draw at, at least 200 pixels, since margins wider than the chart leave nothing to draw. With less room, as for a
 * moment while a page is laid out, the chart is scaled down.
 */
export const drawable = (width: number) => Math.max(200, width);

/** Draws the marks in a figure. */
export function frame({
  key: items = [],
  name = "Chart",
  contents,
  table,
  style,
  title,
  ariaLabel = nameOf(title, name),
  ...options
}: FrameOptions & ChartParts): HTMLElement {
  const figure = Plot.plot({
    ...options,
    ...(options.x && {x: fitting(options.x, options.width)}),
    ...(options.y && {y: fitting(options.y, options.width)}),
    title,
    ariaLabel,
    figure: true,
    style: {
      fontFamily: "var(--sans-serif, system-ui, sans-serif)",
      fontSize: "12px",
      overflow: "visible",
      ...asObject(style)
    }
  }) as HTMLElement;
  const svg = figure.querySelector<SVGSVGElement>(":scope > svg")!;
  useChartStyle();
  figure.classList.add(figureClass);
  hideParts(svg);
  if (items.length) svg.before(key(items));
  if (contents) {
    const once = memo(contents);
    explore(figure, svg, once);
    if (table !== false) addTable(figure, ariaLabel, once, table ?? false);
  }
  return figure;
}

/** The axis, whose label is cut in its middle where it is longer than the chart is wide: a column or metric may have any name. */
function fitting<A extends Plot.ScaleOptions>(axis: A, width: number | undefined): A {
  const {label} = axis;
  return typeof label === "string" && width !== undefined && textWidth(label) > width - 16
    ? {...axis, label: distinctLabels([label], width - 16).get(label)}
    : axis;
}

/** Two charts of the same kind differ by their titles. */
const nameOf = (title: string | undefined, name: string) =>
  title && !name.startsWith(title) ? (name === "Chart" ? title : `${title}: ${name}`) : name;

function memo<T>(make: () => T): () => T {
  let made: {value: T} | undefined;
  return () => (made ??= {value: make()}).value;
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

/** Of the text of a figure without data. */
const fontSize = 14;

/** The same figure without data, or with another text that says why there is nothing to draw. */
export function emptyFrame(
  {marks: _marks, x: _x, y: _y, ...options}: FrameOptions & ChartParts,
  text = "No data"
): HTMLElement {
  return frame({
    ...options,
    ariaDescription: text,
    marks: [
      Plot.text([text], {
        frameAnchor: "middle",
        fill: mutedText,
        fontSize,
        lineHeight: 1.3,
        // In ems; Plot's margins move the middle by 10 pixels.
        lineWidth: Math.min(30, ((options.width ?? 640) - 32) / fontSize)
      })
    ]
  });
}

const asObject = (style: Plot.PlotOptions["style"]) =>
  typeof style === "object" && style !== null ? style : {};

/** How much room the labels of an axis need, in pixels. */
export function room(labels: Iterable<string>): number {
  let most = 0;
  for (const label of labels) most = Math.max(most, textWidth(label));
  return Math.ceil(most);
}

/** The y axis of values: thin lines, not too many. */
export const valueAxis = (height: number) =>
  ({grid: true, nice: true, tickSize: 0, ticks: Math.max(3, Math.round(height / 50))}) as const;

/** The ticks of an axis of whole numbers, such as counts, where the usual ones would fall between them; else undefined. */
export function wholeTicks(values: number[]): number[] | undefined {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (!Number.isInteger(value)) return undefined;
    [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  return high - low < 6 ? Array.from({length: high - low + 1}, (_, i) => low + i) : undefined;
}

/** The name of a column as a label. Only plain words get a capital letter: "mW" and "pH" mean something else with one. */
export const capitalize = (text: string) =>
  /^[a-z]{3,}(?![a-zA-Z])/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;

/** A label within a sentence: "Weighted MAPE" as "weighted MAPE", but "MAPE" as it is. */
export const inSentence = (label: string) =>
  /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
