// The colors of charts, which everyone must be able to distinguish, on light pages and on dark ones.
import type {ScaleOptions} from "@observablehq/plot";
import {byName} from "../names/by-name.js";

/** Six colors that work in both themes, as different as possible for people with and without color blindness. */
export const hues = ["#406bce", "#ea6a09", "#0ba68c", "#9288db", "#cc2631", "#825f79"] as const;

/** How much of the text's color goes into a line, a label and so on: it darkens them on light pages and lightens them on dark. */
export const ink = {line: 0.1, label: 0.3, faded: 0.55, note: 0.2};

const withTextColor = (color: string, share: number) =>
  `color-mix(in oklab, ${color} ${100 * (1 - share)}%, currentColor)`;

/** The colors of lines, dots and bars: three times the contrast of Framework's backgrounds, as WCAG 2.2 (1.4.11) requires. A test checks this. */
export const palette: readonly string[] = hues.map((hue) => withTextColor(hue, ink.line));

/** The color of what is behind the data: axes, rules. */
export const muted = "var(--theme-foreground-muted, color-mix(in srgb, currentColor 60%, transparent))";

/** The color of texts behind the data, such as notes: text needs more contrast than rules, also in a card. */
export const mutedText = `color-mix(in srgb, ${muted} ${100 * (1 - ink.note)}%, currentColor)`;

/** What is behind a chart: that of Plot within its picture, else the page's. */
const background = "var(--plot-background, var(--theme-background, Canvas))";

/** The grey of data that isn't highlighted, with the contrast of the palette. Nothing shows through it, so that many lie on each other in the color of the key. */
export const faded = `color-mix(in srgb, currentColor ${100 * ink.faded}%, ${background})`;

/** The colors of the names that a chart has. */
export interface Colors {
  /** The names, in the order of the scale. */
  names: string[];
  of: (name: string) => string;
  /** The scale for Plot. */
  scale: ScaleOptions;
}

/** The place in the palette of each name that the site has told us. */
const assigned = new Map<string, number>();

/**
 * Gives these names, such as all versions of a site, their colors, in this order. From then on, every chart of the
 * page draws them in these colors. Call it with the same names on every page, and all pages have the same colors.
 * Names that already have a color keep it.
 */
export function assignColors(names: Iterable<string>): void {
  for (const name of names) if (!assigned.has(name)) assigned.set(name, assigned.size);
}

/**
 * The color scale of a chart with these names, for a plot of your own: `Plot.plot({color: colorScale(["ets", "mstl"]), marks})`.
 */
export const colorScale = (names: Iterable<string>): ScaleOptions => colorsOf(names).scale;

/**
 * The colors of versions, or of series: those assigned to them; else one that comes from the name alone, or another one if the
 * chart has that color already. Beyond six names the colors repeat. A `domain` of the scale decides instead, if it is given.
 */
export function colorsOf(names: Iterable<string>, options: ScaleOptions = {}): Colors {
  const there = new Set(names);
  const domain = options.domain ? Array.from(options.domain, String) : [...there].sort(byName);
  const own = options.range && Array.from(options.range as Iterable<string>);
  const range =
    options.domain || own
      ? inOrder(domain.length, own ?? palette)
      : hueOfEach(domain).map((hue) => palette[hue]!);
  const colors = new Map(domain.map((name, i) => [name, range[i]!]));
  return {
    names: domain.filter((name) => there.has(name)),
    of: (name) => colors.get(name)!,
    scale: {...options, domain, range}
  };
}

const inOrder = (length: number, colors: readonly string[]) =>
  Array.from({length}, (_, i) => colors[i % colors.length]!);

/** The place in the palette of each name, no two alike while there are free ones: names that were assigned choose first. */
function hueOfEach(names: string[]): number[] {
  const used = new Array<number>(hues.length).fill(0);
  const hue = new Map<string, number>();
  const place = (name: string) => assigned.get(name) ?? Infinity;
  for (const name of [...names].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)))) {
    const wanted = (assigned.get(name) ?? hash(name)) % hues.length;
    const least = Math.min(...used);
    const found = used.findIndex((_, i) => used[(wanted + i) % hues.length] === least);
    const given = (wanted + found) % hues.length;
    ++used[given]!;
    hue.set(name, given);
  }
  return names.map((name) => hue.get(name)!);
}

/** FNV-1a, 32 bits: G. Fowler, L. C. Noll, K.-P. Vo, https://datatracker.ietf.org/doc/draft-eastlake-fnv/. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; ++i) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}

/** A color for a label: with more of the text's color, since text needs more contrast than lines. */
export const labelColor = (color: string) => withTextColor(color, ink.label);
