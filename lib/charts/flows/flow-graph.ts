// Draws a flow's definition: its facets, and how tables pass from one to the next.
import type {FlowGraph} from "../../gateway-api/index.js";
import {graphviz, type Layout, type Size} from "./flow-graph-layout.js";
import {labelColor, muted, mutedText, palette} from "../palette.js";

/** Options of `flowGraph`. */
export interface FlowGraphOptions {
  /** In pixels; a page passes its own width: `resize((width) => flowGraph(graph, {width}))`. */
  width?: number;
  /** The id of the facet where a run failed. */
  failing?: string | null | undefined;
  /** The picture's name for screen readers. */
  ariaLabel?: string;
}

const [input, , output, , failure] = palette as [string, string, string, string, string];
const chainColors: Record<string, string> = {INPUT: input, OUTPUT: output};
const chainWords: Record<string, string> = {INPUT: "brings a table in", OUTPUT: "takes a table out"};
const failedHere = "Failed here";

/**
 * The smallest scale of a wide picture before it is turned, the pixels of a letter at 13 pixels, and the most letters shown: enough for
 * every type of facet, such as "Change time granularity".
 */
const leastScale = 0.84;
const letter = 7.2;
const mostLetters = 26;
/** Letters that each box has room for: enough for the mark of a failure, so that a failed run doesn't make the picture wider or turn it. */
const roomForMark = 7;

/**
 * Draws a flow's facets as boxes and its arrows between them, to the right if there is room, else downwards. The facet
 * that failed is marked in words, by a thick border and by color. Graphviz is loaded when the first graph is drawn.
 */
export async function flowGraph(
  graph: FlowGraph,
  {width = 640, failing, ariaLabel = "Flow"}: FlowGraphOptions = {}
): Promise<HTMLElement> {
  const figure = document.createElement("figure");
  figure.className = "ikigai-flow-graph";
  figure.style.cssText = "margin: 0; max-width: none; overflow-x: auto; position: relative";
  if (!graph.facets.length) {
    const none = document.createElement("p");
    none.textContent = "No facets yet";
    figure.append(none);
    return figure;
  }
  const sizes = graph.facets.map((facet) => sizeOf(facet, facet.facetId === failing));
  const layOut = await graphviz();
  const across = layOut(graph, sizes, {direction: "LR", label: labelSize});
  const isWide = across.width * leastScale > width;
  const layout = isWide ? layOut(graph, sizes, {direction: "TB", label: labelSize}) : across;
  // So that a picture that is too wide can be scrolled with keys.
  if (layout.width * leastScale > width) figure.tabIndex = 0;
  figure.append(draw(graph, layout, sizes, {failing, ariaLabel, width}), list(graph, failing));
  return figure;
}

/** The readable name of a facet type: "Free form SQL" for FREE_FORM_SQL. */
function facetTypeName(type: string): string {
  // Not the uid of an unknown type, such as X_999.
  if (!/^[A-Z0-9]*[A-Z][A-Z0-9]*(_[A-Z0-9]*[A-Z][A-Z0-9]*)*$/.test(type)) return type;
  // aiCast and similar names, as Ikigai writes them.
  const [, first, rest] = /^AI_([A-Z])([A-Z]+)$/.exec(type) ?? [];
  if (first) return `ai${first}${acronyms.has(first + rest!) ? rest! : rest!.toLowerCase()}`;
  const words = type
    .split("_")
    .map((word) => (acronyms.has(word) ? word : word.toLowerCase()))
    .join(" ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
const acronyms = new Set(["SQL", "S3", "EDA", "HANA", "LLM"]);

type Facet = FlowGraph["facets"][number];

/** The text in a facet's box: its name, if its author gave one, above its type. */
function linesOf({name, type}: Facet): {text: string; strong: boolean}[] {
  const kind = facetTypeName(type);
  return name
    ? [
        {text: name, strong: true},
        {text: kind, strong: false}
      ]
    : [{text: kind, strong: true}];
}

function sizeOf(facet: Facet, failed: boolean): Size {
  const texts = linesOf(facet).map(({text}) => shortened(text));
  const widest = Math.max(...texts.map(lengthOf), roomForMark);
  return {width: Math.ceil(widest * letter) + 30, height: failed ? 30 + 16 * texts.length : 44};
}

const labelSize = (text: string): Size => ({width: lengthOf(shortened(text)) * 6.4 + 6, height: 16});

/** Letters of a text; wide ones, as in some scripts and emoji, count twice. */
const lengthOf = (text: string) =>
  [...text].reduce((sum, letter) => sum + (letter.codePointAt(0)! > 0x10ff ? 2 : 1), 0);

/** A text that fits into a box. */
function shortened(text: string): string {
  const plain = text.replace(/\s+/g, " ");
  if (lengthOf(plain) <= mostLetters) return plain;
  let shown = "";
  for (const letter of plain) {
    if (lengthOf(shown + letter) > mostLetters - 1) break;
    shown += letter;
  }
  return `${shown.trimEnd()}…`;
}

const namespace = "http://www.w3.org/2000/svg";

function svgElement(
  name: string,
  attributes: Record<string, string | number>,
  ...children: (Node | string)[]
): SVGElement {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

const margin = 3;

function draw(
  {facets}: FlowGraph,
  {width, height, boxes, arrows}: Layout,
  sizes: Size[],
  options: FlowGraphOptions
): SVGElement {
  const [w, h] = [Math.ceil(width) + 2 * margin, Math.ceil(height) + 2 * margin];
  const parts = svgElement("g", {"aria-hidden": "true"});
  parts.append(
    ...arrows.map(arrowElement),
    ...facets.map((facet, i) => boxElement(facet, boxes[i]!, sizes[i]!, facet.facetId === options.failing))
  );
  const svg = svgElement(
    "svg",
    {
      viewBox: `${-margin} ${-margin} ${w} ${h}`,
      width: w,
      height: h,
      fill: "currentColor",
      role: "img",
      "aria-label": options.ariaLabel!
    },
    parts
  );
  // It shrinks a little to fit, and scrolls if its letters would get too small to read.
  svg.style.cssText =
    `display: block; margin: 0 auto; max-width: 100%; min-width: ${Math.round(w * leastScale)}px; height: auto; ` +
    "font: 13px var(--sans-serif, system-ui, sans-serif)";
  return svg;
}

function boxElement(facet: Facet, {x, y}: {x: number; y: number}, {width, height}: Size, failed: boolean) {
  const color = failed ? failure : (chainColors[facet.chain] ?? muted);
  const group = svgElement("g", {transform: `translate(${x - width / 2},${y - height / 2})`});
  const lines = linesOf(facet);
  group.append(
    svgElement("title", {}, [...lines.map(({text}) => text), ...(failed ? [failedHere] : [])].join("\n")),
    svgElement("rect", {
      width,
      height,
      rx: 6,
      fill: `color-mix(in srgb, ${color} 8%, var(--plot-background, transparent))`,
      stroke: color,
      "stroke-width": failed ? 2.5 : 1
    }),
    // A bar marks inputs and outputs without color, too: at the side where the table comes in or goes out.
    ...(facet.chain in chainColors
      ? [
          svgElement("rect", {
            x: facet.chain === "INPUT" ? 0 : width - 5,
            width: 5,
            height,
            rx: 2,
            fill: color
          })
        ]
      : [])
  );
  const top = lines.length === 1 && !failed ? 26 : 18;
  for (const [i, {text, strong}] of lines.entries()) {
    group.append(
      svgElement(
        "text",
        {
          x: width / 2,
          y: top + i * 16,
          "text-anchor": "middle",
          "font-weight": strong ? 600 : 400,
          ...(!strong && {fill: mutedText, "font-size": 12})
        },
        shortened(text)
      )
    );
  }
  if (failed) {
    group.append(
      svgElement(
        "text",
        {
          x: width / 2,
          y: top + lines.length * 16 + 2,
          "text-anchor": "middle",
          "font-size": 12,
          "font-weight": 600,
          fill: labelColor(failure)
        },
        "✕ Failed"
      )
    );
  }
  return group;
}

function arrowElement({arrow, points, tip, label}: Layout["arrows"][number]): SVGElement {
  const [start, ...rest] = points as [[number, number], ...[number, number][]];
  const end = rest.at(-1) ?? start;
  const [dx, dy] = [tip[0] - end[0], tip[1] - end[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [nx, ny] = [(-dy / length) * 3.5, (dx / length) * 3.5];
  const at = (pairs: [number, number][]) => pairs.map((pair) => pair.map(round).join(",")).join(" ");
  const group = svgElement("g", {stroke: muted, "stroke-width": 1.25});
  group.append(
    svgElement("path", {d: `M${at([start])} C${at(rest)}`, fill: "none"}),
    svgElement("polygon", {
      points: at([tip, [end[0] + nx, end[1] + ny], [end[0] - nx, end[1] - ny]]),
      fill: muted,
      stroke: "none"
    })
  );
  if (label) {
    const [x, y] = label;
    group.append(
      svgElement(
        "text",
        {
          x: round(x),
          y: round(y + 4),
          "text-anchor": "middle",
          "font-size": 12,
          stroke: "none",
          fill: mutedText
        },
        shortened(arrow.label!)
      )
    );
  }
  return group;
}

const round = (value: number) => Math.round(value * 10) / 10;

/** The same in words, for screen readers. */
function list({facets, arrows}: FlowGraph, failing: FlowGraphOptions["failing"]): HTMLElement {
  const called = ({name, type}: Facet) => (name ? `${name} (${facetTypeName(type)})` : facetTypeName(type));
  const byId = new Map(facets.map((facet) => [facet.facetId, facet]));
  const items = facets.map((facet) => {
    const sources = arrows.flatMap(({source, destination, label}) => {
      const from = destination === facet.facetId && byId.get(source);
      return from ? [called(from) + (label ? ` as ${label}` : "")] : [];
    });
    const item = document.createElement("li");
    item.textContent = [
      called(facet),
      ...(facet.chain in chainWords ? [chainWords[facet.chain]!] : []),
      ...(sources.length ? [`after ${sources.join(" and ")}`] : []),
      ...(facet.facetId === failing ? ["failed here"] : [])
    ].join(", ");
    return item;
  });
  const element = document.createElement("ol");
  element.style.cssText =
    "position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap";
  element.append(...items);
  return element;
}
