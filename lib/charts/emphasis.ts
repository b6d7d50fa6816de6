// Which of many versions are drawn in color: beyond six, the others are grey behind them.
import type {ScaleOptions} from "@observablehq/plot";
import {byName} from "../names/by-name.js";
import {colorsOf, faded, hues, labelColor, type Colors} from "./palette.js";

/** Names in color and names in grey. */
export interface Highlight {
  /** In color, in the order of the names. */
  main: string[];
  /** In grey, in the order of the names. */
  others: string[];
  /** Of all names. The scale has only those in color, and grey is a color of its own. */
  colors: Colors;
  /** The color of a name's text. */
  label: (name: string) => string;
}

/**
 * Chooses what is in color.
 * @param ranked all names, the best first
 * @param chosen the names to highlight; by default all if there are no more than the palette has colors, else the best five
 */
export function highlightOf(
  ranked: string[],
  chosen: Iterable<string> | undefined,
  options: ScaleOptions = {}
): Highlight {
  const wanted = new Set(chosen ?? (ranked.length > hues.length ? ranked.slice(0, hues.length - 1) : ranked));
  const unknown = [...wanted].filter((name) => !ranked.includes(name));
  if (unknown.length && unknown.length === wanted.size && ranked.length)
    throw new Error(
      `None of the names to highlight, ${unknown.map((name) => `"${name}"`).join(", ")}, is in the data. It has ${some(ranked)}`
    );
  const colors = colorsOf(
    ranked.filter((name) => wanted.has(name)),
    options
  );
  const main = new Set(colors.names);
  const others = ranked.filter((name) => !main.has(name)).sort(byName);
  const of = (name: string) => (main.has(name) ? colors.of(name) : faded);
  return {
    main: colors.names,
    others,
    colors: {...colors, names: [...colors.names, ...others], of},
    label: (name) => (main.has(name) ? labelColor(colors.of(name)) : faded)
  };
}

/** Around a line in color, before grey ones: of many, which are a block, it is seen then. */
export const halo = {stroke: "var(--plot-background)", strokeWidth: 6, strokeLinecap: "butt"} as const;

const some = (names: string[]) =>
  names
    .slice(0, 8)
    .map((name) => `"${name}"`)
    .join(", ") + (names.length > 8 ? ` and ${names.length - 8} more` : "");
