// What a chart shows, in words and numbers: for keys that move along its points, and for its table.
import type {Format} from "./format.js";
import {isolated} from "./labels.js";
import type {Position, Slice} from "./series-tip.js";

/** A chart's data as it can be read out: a row for each of its points. */
export interface Contents {
  columns: string[];
  rows: Point[];
}

export interface Point {
  /** A text for each column; empty where there is none. */
  cells: string[];
  /** Where the tip of these values is shown, as values of the plot's scales; the middle where one is left out. */
  x?: unknown;
  y?: unknown;
}

/** The contents of a chart whose tip lists the series at each position: takes what `seriesTip` takes. */
export function contentsOf<P extends Position>(
  slices: Slice<P>[],
  {
    along,
    names,
    label,
    position,
    format
  }: {
    along: "x" | "y";
    names: string[];
    label: string;
    position: Format<P>;
    format: (value: number, at: P) => string;
  }
): Contents {
  return {
    columns: [label, ...names],
    rows: slices.map(({at, values}) => ({
      cells: [position(at), ...names.map((name) => (values.has(name) ? format(values.get(name)!, at) : ""))],
      [along]: at
    }))
  };
}

/** "Horizon 3: ets 4.2%, mstl 4.5%", to be read out. */
export function spoken({columns}: Contents, {cells: [first, ...rest]}: Point): string {
  const values = rest.flatMap((cell, i) => (cell === "" ? [] : [`${isolated(columns[i + 1]!)} ${cell}`]));
  return `${columns[0]} ${isolated(first!)}: ${values.join(", ") || "no value"}`;
}
