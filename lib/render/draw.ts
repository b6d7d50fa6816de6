// An SVG element of a page as markup that needs no page: each style that matters stands on its element, with its computed value.
import {inherited, ownOnly, type Styles} from "./cascade.js";
import {nearestWeight} from "./fonts.js";
import {escapeAttribute, escapeText} from "./xml.js";

/** What drawing reports, for the fonts that the picture needs. */
export interface Drawing {
  styles: Styles;
  /** The content of an image of the site as a data: URL. */
  image: (href: string) => string | undefined;
  weights: Set<string>;
  /** Every text that is drawn. */
  text: string[];
}

/** Properties that shape boxes of HTML only. */
const ofBoxes =
  /^(?:color|color-scheme|text-align|line-height|white-space|font-family|display|position|background-color|align-items|gap|grid-.*|margin-.*|padding-.*|width|height)$/;
const inheritedNames = Object.keys(inherited).filter((name) => !ofBoxes.test(name));
const ownNames = Object.keys(ownOnly).filter((name) => !ofBoxes.test(name) && name !== "overflow");

const dropped = new Set([
  "script",
  "style",
  "foreignObject",
  "title",
  "desc",
  "metadata",
  "animate",
  "animateTransform",
  "set"
]);

/** Inherited values where the picture begins; elements that differ say so. */
export type Context = ReadonlyMap<string, string>;
export const initialContext: Context = new Map(
  inheritedNames.map((name) => [name, name === "font-size" ? "16" : inherited[name]!])
);

/** An SVG element placed in the picture, scaled to `width` by `height`. */
export function drawSvg(
  element: Element,
  {x, y, width, height}: {x: number; y: number; width: number; height: number},
  drawing: Drawing
): string {
  const viewBox = element.getAttribute("viewBox") ?? `0 0 ${sizeOf(element, drawing.styles).join(" ")}`;
  const overflow = drawing.styles.get(element, "overflow") === "visible" ? ' overflow="visible"' : "";
  const label = element.getAttribute("aria-label");
  const aria = label === null ? "" : ` aria-label="${escapeAttribute(label)}"`;
  const {attributes, context} = presentation(element, initialContext, drawing);
  const size = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
  return `<svg ${size} viewBox="${escapeAttribute(viewBox)}"${overflow}${aria}${attributes}>${childrenOf(element, context, drawing)}</svg>`;
}

/** The size of an SVG element in pixels: its own, its style's, or its view box's. */
export function sizeOf(element: Element, styles: Styles): [width: number, height: number] {
  const [, , boxWidth = 300, boxHeight = 150] = (element.getAttribute("viewBox") ?? "")
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number);
  const side = (name: "width" | "height") => {
    const [, own] = /^\s*([\d.]+)(?:px)?\s*$/.exec(element.getAttribute(name) ?? "") ?? [];
    const [, styled] = /^([\d.]+)px$/.exec(styles.get(element, name)) ?? [];
    return styled ?? own;
  };
  const [width, height] = [side("width"), side("height")].map((text) =>
    text === undefined ? undefined : Number(text)
  );
  return [
    width ?? (height === undefined ? boxWidth : (height * boxWidth) / boxHeight),
    height ?? (width === undefined ? boxHeight : (width * boxHeight) / boxWidth)
  ];
}

export function drawElement(element: Element, before: Context, drawing: Drawing): string {
  const name = element.localName;
  if (dropped.has(name) || drawing.styles.get(element, "display") === "none") return "";
  const {attributes, context} = presentation(element, before, drawing);
  const tag = name === "a" ? "g" : name; // a picture has no links
  const own = Array.from(element.attributes, ({name: key, value}) =>
    attribute(key, value, name, drawing)
  ).join("");
  const isText = name === "text" || name === "tspan" || name === "textPath";
  const space =
    name === "text" && drawing.styles.get(element, "white-space").startsWith("pre")
      ? ' xml:space="preserve"'
      : "";
  if (isText) drawing.weights.add(context.get("font-weight")!);
  const content = childrenOf(element, context, drawing, isText);
  return content === ""
    ? `<${tag}${own}${space}${attributes}/>`
    : `<${tag}${own}${space}${attributes}>${content}</${tag}>`;
}

function childrenOf(element: Element, context: Context, drawing: Drawing, isText = false): string {
  return Array.from(element.childNodes, (node) => {
    if (node.nodeType === 1) return drawElement(node as Element, context, drawing);
    if (node.nodeType !== 3 || !isText) return "";
    drawing.text.push(node.nodeValue!);
    return escapeText(node.nodeValue!);
  }).join("");
}

function attribute(name: string, value: string, of: string, drawing: Drawing): string {
  if (name in inherited || name in ownOnly) {
    if (!(name === "width" || name === "height")) return "";
  }
  if (
    /^(?:class|style|xmlns(?::.*)?|tabindex|role|aria-hidden|aria-description|target|rel|xml:space|data-.*|on.*)$/.test(
      name
    )
  )
    return "";
  if (name === "href" || name === "xlink:href") {
    if (of === "a") return "";
    const href = value.startsWith("#") ? value : of === "image" ? drawing.image(value) : undefined;
    return href === undefined ? "" : ` xlink:href="${escapeAttribute(href)}"`;
  }
  return ` ${name}="${escapeAttribute(value)}"`;
}

/** The element's styles as attributes, where they differ from what it inherits, and what its children inherit. */
function presentation(
  element: Element,
  before: Context,
  {styles}: Drawing
): {attributes: string; context: Context} {
  let attributes = "";
  const context = new Map(before);
  for (const name of inheritedNames) {
    const value = valueOf(element, name, styles);
    if (value === before.get(name)) continue;
    context.set(name, value);
    attributes += ` ${name}="${escapeAttribute(value)}"`;
  }
  for (const name of ownNames) {
    const value = styles.get(element, name);
    if (value !== ownOnly[name]) attributes += ` ${name}="${escapeAttribute(value)}"`;
  }
  return {attributes, context};
}

function valueOf(element: Element, name: string, styles: Styles): string {
  if (name === "font-size") return round(styles.fontSize(element));
  if (name === "font-weight") return nearestWeight(styles.get(element, name));
  return styles.get(element, name);
}

/** A number of pixels, without more digits than can be seen. */
export const round = (value: number): string => String(Math.round(value * 100) / 100);
