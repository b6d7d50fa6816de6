// The colors of charts, which everyone must be able to distinguish, on light pages and on dark ones.
import type {ScaleOptions} from "@observablehq/plot";

/** Six colors that work in both themes, as different as possible for people with and without color blindness. */
export const hues = ["#406bce", "#ea6a09", "#0ba68c", "#9288db", "#cc2631", "#825f79"] as const;

/** How much of the text's color goes into a line and into a label: it darkens them on light pages and lightens them on dark. */
export const ink = {line: 0.1, label: 0.3};

const withTextColor = (color: string, share: number) =>
  `color-mix(in oklab, ${color} ${100 * (1 - share)}%, currentColor)`;

/** The colors of lines, dots and bars: three times the contrast of Framework's backgrounds, as WCAG 2.2 (1.4.11) requires. A test checks this. */
export const palette: readonly string[] = hues.map((hue) => withTextColor(hue, ink.line));

/** The color of what is behind the data: axes, rules, notes. */
export const muted = "var(--theme-foreground-muted, color-mix(in srgb, currentColor 60%, transparent))";

/** The colors of the names that a chart has. */
export interface Colors {
  /** The names, in the order of the scale. */
  names: string[];
  of: (name: string) => string;
  /** The scale for Plot. */
  scale: ScaleOptions;
}

/**
 * The colors of versions, or of series: by the order of their names, so that the same set has the same colors in every chart. A
 * chart of some of them keeps the colors if all are given as the `domain` of its color scale. Beyond six names the colors
 * repeat.
 */
export function colorsOf(names: Iterable<string>, options: ScaleOptions = {}): Colors {
  const there = new Set(names);
  const domain = options.domain ? Array.from(options.domain, String) : [...there].sort();
  const colors = Array.from((options.range as Iterable<string> | undefined) ?? palette);
  const range = domain.map((_, i) => colors[i % colors.length]!);
  return {
    names: domain.filter((name) => there.has(name)),
    of: (name) => range[domain.indexOf(name)]!,
    scale: {...options, domain, range}
  };
}

/** A color for a label: with more of the text's color, since text needs more contrast than lines. */
export const labelColor = (color: string) => withTextColor(color, ink.label);
