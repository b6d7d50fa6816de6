// CSS colors as every drawing program knows them: mixes, OKLCH and the rest computed to rgb.
import {color as parseColor, serializeRGB, SyntaxFlag} from "@csstools/css-color-parser";
import {isTokenNode, parseComponentValue} from "@csstools/css-parser-algorithms";
import {tokenize} from "@csstools/css-tokenizer";

const known = new Map<string, string | undefined>();

/**
 * The color as `rgb(…)` or `rgba(…)`; undefined for what is no color. `currentColor` stands for the color that is passed, which is
 * itself such a color.
 */
export function plainColor(value: string, currentColor: string): string | undefined {
  const text = value.trim().replace(/\bcurrentcolor\b/gi, currentColor);
  if (!known.has(text)) known.set(text, computed(text));
  return known.get(text);
}

function computed(text: string): string | undefined {
  const component = parseComponentValue(tokenize({css: text}));
  const data = component ? parseColor(component) : false;
  if (!data || data.syntaxFlags.has(SyntaxFlag.HasNoneKeywords)) return undefined;
  const serialized = serializeRGB(data);
  return isTokenNode(serialized) ? serialized.toString() : serialized.toString().replaceAll(" ", "");
}

/** Whether nothing of the color can be seen. */
export const isTransparent = (color: string | undefined): boolean =>
  color === undefined || /^rgba\(.*,0(?:\.0+)?\)$/.test(color);
