// What a page shows of a chart, as one SVG that needs no stylesheet: its pictures, and the texts around them where they stand.

const svgNamespace = "http://www.w3.org/2000/svg";

/** What makes the look of a part of a picture. */
const properties = [
  ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap"],
  ["stroke-linejoin", "opacity", "paint-order", "text-anchor", "font-family", "font-size", "font-weight"],
  ["font-variant-numeric", "visibility", "display"]
].flat();

/** Parts of a card that aren't of its picture. */
const controls = "button, input, select, textarea, form, details, [role=group], [role=status], [hidden]";

/** An SVG of all pictures and texts in `element`, on the color behind it. @param padding pixels around it */
export function svgImage(element: Element, padding = 16): SVGSVGElement {
  const frame = element.getBoundingClientRect();
  const [width, height] = [frame.width + 2 * padding, frame.height + 2 * padding].map(Math.ceil);
  const image = make("svg", {xmlns: svgNamespace, width, height, viewBox: `0 0 ${width} ${height}`});
  image.append(make("rect", {width, height, fill: color(backgroundOf(element))}));
  const at = ({left, top}: DOMRect) => ({x: left - frame.left + padding, y: top - frame.top + padding});
  const add = (parent: Element): void => {
    for (const child of parent.childNodes) {
      if (child instanceof SVGSVGElement) image.append(picture(child, at(child.getBoundingClientRect())));
      else if (child instanceof Text) image.append(...texts(child, at));
      else if (child instanceof HTMLElement && !child.matches(controls)) add(child);
    }
  };
  add(element);
  return image;
}

/** A copy with all styles written out. */
function picture(svg: SVGSVGElement, at: {x: number; y: number}): Element {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [originals, copies] = [svg, copy].map((one) => [one, ...one.querySelectorAll("*")]);
  originals!.forEach((original, i) => {
    const style = getComputedStyle(original);
    const target = copies![i] as SVGElement;
    target.removeAttribute("style"); // which may use variables of the page
    for (const name of properties) {
      target.removeAttribute(name);
      target.style.setProperty(name, color(style.getPropertyValue(name)));
    }
  });
  for (const part of copy.querySelectorAll("style, [aria-label=tip]")) part.remove();
  const {width, height} = svg.getBoundingClientRect();
  setAll(copy, {...at, width, height});
  copy.style.overflow = "visible";
  return copy;
}

/** A text for each line that it takes in the page. */
function texts(node: Text, at: (box: DOMRect) => {x: number; y: number}): Element[] {
  const style = getComputedStyle(node.parentElement!);
  return linesOf(node).map(({text, box}) => {
    const {x, y} = at(box);
    const line = make("text", {
      x,
      y: y + box.height / 2,
      "dominant-baseline": "central",
      fill: color(style.color)
    });
    for (const name of ["font-family", "font-size", "font-weight"])
      line.style.setProperty(name, style.getPropertyValue(name));
    line.textContent = text;
    return line;
  });
}

function linesOf(node: Text): {text: string; box: DOMRect}[] {
  const range = document.createRange();
  const lines: {text: string; box: DOMRect}[] = [];
  for (const {0: word, index} of node.data.matchAll(/\S+\s*/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const box = range.getClientRects()[0];
    const last = lines.at(-1);
    if (!box?.width) continue;
    if (last && Math.abs(last.box.top - box.top) < 2) last.text += word;
    else lines.push({text: word, box});
  }
  return lines;
}

function make(name: string, attributes: Record<string, string | number | undefined>): SVGSVGElement {
  const element = document.createElementNS(svgNamespace, name) as SVGSVGElement;
  setAll(element, attributes);
  return element;
}

function setAll(element: Element, attributes: Record<string, string | number | undefined>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

function backgroundOf(element: Element | null): string {
  if (!element) return "white";
  const {backgroundColor} = getComputedStyle(element);
  return /^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor)
    ? backgroundOf(element.parentElement)
    : backgroundColor;
}

let canvas: CanvasRenderingContext2D | null | undefined;

/** Colors such as `color(srgb …)` as hexadecimal ones, which every program that reads SVG knows; other values as they are. */
function color(value: string): string {
  if (!/^(color|color-mix|oklab|oklch|lab|lch)\(/.test(value)) return value;
  canvas ??= Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d", {
    willReadFrequently: true
  });
  if (!canvas) return value;
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = value;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${alpha! / 255})`;
}
