// A chart as a picture of its own: on its page's background, with its headings, key and caption, as SVG and as PNG.
import {Resvg} from "@resvg/resvg-js";
import type {Chart} from "./chart.js";
import type {Styles} from "./cascade.js";
import {isTransparent} from "./color.js";
import type {Drawing} from "./draw.js";
import {family, fontFaces, fontOptions} from "./fonts.js";
import {Layout} from "./layout.js";
import {escapeAttribute, escapeText} from "./xml.js";

/** Room around the chart, in pixels. */
export const margin = 20;

export interface Picture {
  /** Without its fonts, which `withFonts` adds. */
  svg: string;
  width: number;
  height: number;
  text: string;
  weights: Set<string>;
}

export function drawPicture(
  {element, headings}: Chart,
  {width, styles, image}: {width: number; styles: Styles; image: Drawing["image"]}
): Picture {
  const drawing: Drawing = {styles, image, weights: new Set(), text: []};
  const layout = new Layout(drawing);
  const inner = width - 2 * margin;
  const top = layout.stack(headings, margin, margin, inner);
  const gap = top > 0 ? 12 : 0;
  const height = Math.ceil(
    layout.stack([element], margin, margin + top + gap, inner) + top + gap + 2 * margin
  );
  const svgs = element.localName === "svg" ? [element] : Array.from(element.querySelectorAll("svg"));
  const said = (name: string) => svgs.map((svg) => svg.getAttribute(name)).find(Boolean);
  const titles = [...headings, ...element.querySelectorAll("h2")].map(({textContent}) => textContent?.trim());
  const title = [...titles, said("aria-label")].find(Boolean) ?? "Chart";
  const description = said("aria-description");
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}" font-family="${family}, sans-serif" role="img" aria-label="${escapeAttribute(title)}">`,
    `<title>${escapeText(title)}</title>`,
    ...(description ? [`<desc>${escapeText(description)}</desc>`] : []),
    `<rect width="${width}" height="${height}" fill="${backgroundOf(element, styles)}"/>`,
    ...layout.parts,
    "</svg>"
  ].join("\n");
  return {svg, width, height, text: drawing.text.join(""), weights: drawing.weights};
}

/** The SVG with the glyphs that it uses, so that it looks the same wherever it is opened. */
export async function withFonts({svg, text, weights}: Picture): Promise<string> {
  if (weights.size === 0) return svg;
  return svg.replace("</title>", `</title>\n<style>${await fontFaces(text, weights)}</style>`);
}

/** @param scale pixels of the image for each of the picture */
export const pngOf = ({svg}: Picture, scale: number): Uint8Array =>
  new Resvg(svg, {font: fontOptions, fitTo: {mode: "zoom", value: scale}, languages: ["en"]})
    .render()
    .asPng();

/** The color behind an element: its own, or of the nearest around it that has one. */
function backgroundOf(element: Element, styles: Styles): string {
  for (let one: Element | null = element; one; one = one.parentElement) {
    const color = styles.get(one, "background-color");
    if (!isTransparent(color) && color !== "transparent") return color;
  }
  return "rgb(255,255,255)";
}
