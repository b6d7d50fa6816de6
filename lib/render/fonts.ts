// The kit's own font, Inter, so that a picture looks the same on every machine: its files, its widths, and the part that an SVG carries.
import {readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {Resvg, type ResvgRenderOptions} from "@resvg/resvg-js";
import subsetFont from "subset-font";
import {escapeText} from "./xml.js";

export const family = "Inter";

const require = createRequire(import.meta.url);
const files: Record<string, string> = {
  400: "400Regular/Inter_400Regular.ttf",
  500: "500Medium/Inter_500Medium.ttf",
  600: "600SemiBold/Inter_600SemiBold.ttf",
  700: "700Bold/Inter_700Bold.ttf"
};
const fileOf = (weight: string) => require.resolve(`@expo-google-fonts/inter/${files[weight]}`);

/** The weight that the kit has for one of CSS. */
export const nearestWeight = (weight: string): string =>
  String(Math.min(700, Math.max(400, Math.round((Number(weight) || 400) / 100) * 100)));

/** What resvg needs to draw text with these fonts alone. */
export const fontOptions: NonNullable<ResvgRenderOptions["font"]> = {
  loadSystemFonts: false,
  fontFiles: Object.keys(files).map(fileOf),
  defaultFontFamily: family,
  sansSerifFamily: family,
  serifFamily: family,
  monospaceFamily: family
};

const widths = new Map<string, number>();

/** How far a text reaches, in pixels. */
export function textWidth(text: string, size: number, weight: string): number {
  if (text === "") return 0;
  // The box of what is drawn leaves out blanks at the ends, which the bars keep.
  return (barred(text, weight) - barred("", weight)) * size;
}

function barred(text: string, weight: string): number {
  const key = `${weight} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="9999" height="200"><text y="100" xml:space="preserve" ` +
      `font-family="${family}" font-size="100" font-weight="${weight}">|${escapeText(text)}|</text></svg>`;
    width = (new Resvg(svg, {font: fontOptions}).getBBox()?.width ?? 0) / 100;
    widths.set(key, width);
  }
  return width;
}

/** `@font-face` rules with the glyphs of the text alone, for each weight. */
export async function fontFaces(text: string, weights: Iterable<string>): Promise<string> {
  const characters = Array.from(new Set(text)).sort().join("");
  const faces = await Promise.all(
    Array.from(weights)
      .sort()
      .map(async (weight) => {
        const subset = await subsetFont(await readFile(fileOf(weight)), characters, {targetFormat: "woff2"});
        return (
          `@font-face{font-family:${family};font-weight:${weight};` +
          `src:url(data:font/woff2;base64,${subset.toString("base64")}) format("woff2")}`
        );
      })
  );
  return faces.join("");
}
