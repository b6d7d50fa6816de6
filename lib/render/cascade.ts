// What a browser's cascade gives an element, as far as a chart's look depends on it: colors, text, boxes, and custom properties.
import {plainColor} from "./color.js";
import {inlineDeclarations, rulesOf, type Declaration, type StyleRule} from "./stylesheet.js";
import {substituteVariables} from "./variables.js";

/** Properties of SVG that can stand as attributes, by whether children inherit them, with their initial values. */
export const inherited: Record<string, string> = {
  color: "rgb(0,0,0)",
  fill: "rgb(0,0,0)",
  "fill-opacity": "1",
  "fill-rule": "nonzero",
  "clip-rule": "nonzero",
  stroke: "none",
  "stroke-dasharray": "none",
  "stroke-dashoffset": "0",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  "stroke-miterlimit": "4",
  "stroke-opacity": "1",
  "stroke-width": "1",
  "font-size": "16px",
  "font-style": "normal",
  "font-weight": "400",
  "font-family": "sans-serif",
  "letter-spacing": "normal",
  "line-height": "normal",
  "text-align": "start",
  "text-anchor": "start",
  "dominant-baseline": "auto",
  "paint-order": "normal",
  "shape-rendering": "auto",
  "image-rendering": "auto",
  visibility: "visible",
  "white-space": "normal",
  "color-scheme": "normal"
};
export const ownOnly: Record<string, string> = {
  opacity: "1",
  "clip-path": "none",
  mask: "none",
  filter: "none",
  "mix-blend-mode": "normal",
  "stop-color": "rgb(0,0,0)",
  "stop-opacity": "1",
  "vector-effect": "none",
  "text-decoration": "none",
  overflow: "visible",
  display: "inline",
  position: "static",
  width: "auto",
  height: "auto",
  "background-color": "transparent",
  "align-items": "normal",
  gap: "0",
  "grid-template-columns": "none",
  "margin-top": "0",
  "margin-right": "0",
  "margin-bottom": "0",
  "margin-left": "0",
  "padding-top": "0",
  "padding-right": "0",
  "padding-bottom": "0",
  "padding-left": "0"
};

const isColor = new Set(["color", "fill", "stroke", "stop-color", "background-color"]);

const blocks =
  /^(?:address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|html|hr|li|main|nav|ol|p|pre|section|summary|ul)$/;

/** What browsers say of elements before any stylesheet. */
const ofBrowsers = rulesOf(
  `h1 {font-size: 2em; font-weight: 700} h2 {font-size: 1.5em; font-weight: 700} h3 {font-size: 1.17em; font-weight: 700}
  h1, h2, h3, h4, h5, h6, p, figure {margin: 10px 0} h4, h5, h6, b, strong, th {font-weight: 700} i, em {font-style: italic}
  small {font-size: 0.83em} script, style, template, head, title, [hidden] {display: none}`,
  {theme: "light", width: 0}
);

/** Rules by what an element must have to match, with their order. */
interface RuleSet {
  keyed: Map<string, [number, StyleRule][]>;
  others: [number, StyleRule][];
}

function ruleSet(rules: readonly StyleRule[]): RuleSet {
  const set: RuleSet = {keyed: new Map(), others: []};
  rules.forEach((rule, order) => {
    const place = rule.key === undefined ? set.others : (set.keyed.get(rule.key) ?? []);
    place.push([order, rule]);
    if (rule.key !== undefined) set.keyed.set(rule.key, place);
  });
  return set;
}

const browserRules = ruleSet(ofBrowsers);

/** Computed values: custom properties in full, the others that this file lists. */
export class Styles {
  readonly #rules: RuleSet;
  readonly #computed = new Map<Element, Map<string, string>>();

  /** @param rules of all stylesheets, in their order */
  constructor(rules: readonly StyleRule[]) {
    this.#rules = ruleSet(rules);
  }

  /** The value of a property; colors and lengths are computed, except that `fill` and `stroke` keep references and `none`. */
  get(element: Element, property: string): string {
    const value = this.#of(element).get(property);
    if (value === undefined) return property.startsWith("--") ? "" : this.#initial(element, property);
    if (!isColor.has(property) || property === "color") return value;
    if (value === "none" || /^url\(/i.test(value)) return value;
    return plainColor(value, this.get(element, "color")) ?? this.#initial(element, property);
  }

  /** A length in pixels; 0 for what is none. */
  pixels(element: Element, property: string): number {
    return toPixels(this.get(element, property), this.fontSize(element)) ?? 0;
  }

  fontSize(element: Element): number {
    return parseFloat(this.get(element, "font-size"));
  }

  #initial(element: Element, property: string): string {
    if (property === "display") return blocks.test(element.localName) ? "block" : "inline";
    return inherited[property] ?? ownOnly[property] ?? "";
  }

  #of(element: Element): Map<string, string> {
    let computed = this.#computed.get(element);
    if (!computed) this.#computed.set(element, (computed = this.#compute(element)));
    return computed;
  }

  #compute(element: Element): Map<string, string> {
    const parent = element.parentElement ? this.#of(element.parentElement) : new Map<string, string>();
    const computed = new Map<string, string>();
    for (const [property, value] of parent)
      if (property.startsWith("--") || property in inherited) computed.set(property, value);
    const specified = this.#specified(element);
    const custom = new Map(computed);
    for (const [property, value] of specified) if (property.startsWith("--")) custom.set(property, value);
    const variable = (name: string) => custom.get(name);
    for (const [property, value] of specified) {
      const substituted = substituteVariables(value, variable);
      if (substituted === undefined) continue; // invalid at computed-value time: inherited or initial
      if (property.startsWith("--")) {
        computed.set(property, substituted);
        continue;
      }
      const wanted = substituted.toLowerCase();
      const inherit = wanted === "inherit" || (wanted === "unset" && property in inherited);
      if (inherit || (wanted === "revert" && property in inherited)) {
        const from = parent.get(property);
        if (from === undefined) computed.delete(property);
        else computed.set(property, from);
      } else if (["initial", "unset", "revert"].includes(wanted)) {
        computed.delete(property);
      } else {
        computed.set(property, computedValue(property, substituted, parent, computed));
      }
    }
    return computed;
  }

  /** The winning declarations, with font size and color first since others depend on them. */
  #specified(element: Element): Map<string, string> {
    const found = new Map<string, string>();
    const isSvg = element.namespaceURI === "http://www.w3.org/2000/svg";
    if (isSvg)
      for (const {name, value} of Array.from(element.attributes))
        if (name in inherited || name in ownOnly) found.set(name, value);
    const important: Declaration[] = [];
    const add = (declaration: Declaration) => {
      for (const one of longhands(declaration)) {
        if (one.important) important.push(one);
        else found.set(one.property, one.value);
      }
    };
    for (const set of [browserRules, this.#rules])
      this.#matching(element, set).forEach(({declarations}) => declarations.forEach(add));
    const style = element.getAttribute("style");
    if (style) inlineDeclarations(style).forEach(add);
    for (const {property, value} of important) found.set(property, value);
    const first = ["font-size", "color"].flatMap((property) =>
      found.has(property) ? [[property, found.get(property)!] as const] : []
    );
    return new Map([...first, ...found]);
  }

  #matching(element: Element, {keyed, others}: RuleSet): StyleRule[] {
    const keys = [element.localName.toLowerCase(), ...Array.from(element.classList, (name) => `.${name}`)];
    if (element.id) keys.push(`#${element.id}`);
    return [...keys.flatMap((key) => keyed.get(key) ?? []), ...others]
      .filter(([, {selector}]) => matches(element, selector))
      .sort(([a, first], [b, second]) => first.specificity - second.specificity || a - b)
      .map(([, rule]) => rule);
  }
}

const unknown = new Set<string>();

function matches(element: Element, selector: string): boolean {
  if (unknown.has(selector)) return false;
  try {
    return element.matches(selector);
  } catch {
    unknown.add(selector);
    return false;
  }
}

/** The words for font sizes, in pixels. */
const sizes: Record<string, number> = {
  "xx-small": 9,
  "x-small": 10,
  small: 13,
  medium: 16,
  large: 18,
  "x-large": 24,
  "xx-large": 32
};

function computedValue(
  property: string,
  value: string,
  parent: Map<string, string>,
  computed: Map<string, string>
): string {
  if (property === "font-size") {
    const before = parseFloat(parent.get("font-size") ?? inherited["font-size"]!);
    const pixels = sizes[value] ?? toPixels(value, before);
    return `${pixels ?? before}px`;
  }
  if (property === "color") {
    const before = parent.get("color") ?? inherited.color!;
    return plainColor(value, before) ?? before;
  }
  if (property === "font-weight")
    return {normal: "400", bold: "700", bolder: "700", lighter: "300"}[value] ?? value;
  if (property === "letter-spacing" || property === "stroke-width") {
    const pixels = toPixels(value, parseFloat(computed.get("font-size") ?? "16"));
    return pixels === undefined ? value : String(pixels);
  }
  return value;
}

/** Pixels of a length; undefined for what is none. A number without a unit is of pixels, as in SVG. */
export function toPixels(value: string, em: number): number | undefined {
  const [, number, unit = ""] = /^(-?[\d.]+(?:e-?\d+)?)(px|em|rem|pt|%)?$/i.exec(value.trim()) ?? [];
  if (number === undefined) return undefined;
  const factor = {"": 1, px: 1, em, rem: 16, pt: 4 / 3, "%": em / 100}[unit.toLowerCase()]!;
  return Number(number) * factor;
}

const sides = ["top", "right", "bottom", "left"];

/** A shorthand as what it stands for. Of `font` and `background` that is what a chart's look depends on. */
function longhands(declaration: Declaration): Declaration[] {
  const {property, value} = declaration;
  const as = (property: string, value: string) => ({...declaration, property, value});
  if (property === "margin" || property === "padding") {
    const parts = value.split(/\s+(?![^(]*\))/);
    const all = [parts[0]!, parts[1] ?? parts[0]!, parts[2] ?? parts[0]!, parts[3] ?? parts[1] ?? parts[0]!];
    return sides.map((side, i) => as(`${property}-${side}`, all[i]!));
  }
  if (property === "background") return [as("background-color", value)];
  if (property === "text-decoration-line") return [as("text-decoration", value)];
  if (property === "column-gap" || property === "row-gap" || property === "grid-gap")
    return [as("gap", value)];
  if (property === "font") {
    if (/^(?:inherit|initial|unset|revert)$/.test(value))
      return ["font-size", "font-weight", "font-style", "font-family", "line-height"].map((one) =>
        as(one, value)
      );
    const [, before = "", size, line, family] =
      /^(.*?)\s*((?:[\d.]+(?:px|r?em|%|pt))|var\([^)]*\)|(?:x*-?small|medium|x*-?large))(?:\s*\/\s*([^\s]+))?\s+(.+)$/.exec(
        value
      ) ?? [];
    if (size === undefined) return [];
    const [weight = "400"] = /\b(?:bold|\d00)\b/.exec(before) ?? [];
    return [
      as("font-style", /italic|oblique/.test(before) ? "italic" : "normal"),
      as("font-weight", weight),
      as("font-size", size),
      as("line-height", line ?? "normal"),
      as("font-family", family!)
    ];
  }
  return property.startsWith("--") || property in inherited || property in ownOnly ? [declaration] : [];
}
