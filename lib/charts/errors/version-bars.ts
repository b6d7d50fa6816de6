// The bars of the errors by version: which are drawn, in which order and color, and their marks.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import {clippedSize, drawnAt} from "../clip.js";
import {
  betterFirst,
  description,
  errorFormats,
  errorRows,
  versionsOf,
  type ErrorRow,
  type MeasureOptions
} from "./errors.js";
import {highlightOf} from "../emphasis.js";
import {faded} from "../palette.js";
import {referenceMark} from "./reference.js";
import {seriesTip} from "../series-tip.js";
import type {Value} from "../values.js";

/** Options of `errorByVersionMark`: the names of the data's columns, and what is shown. */
export interface ErrorByVersionMarkOptions extends MeasureOptions {
  /** The version of each forecast; "version" if left out. */
  version?: Value;
  /** How many versions are drawn at most. */
  limit?: number;
  /** Which versions or series come first. If there are more than the limit, only these are drawn. */
  first?: "best" | "worst";
}

export type Bars = ReturnType<typeof barsOf>;

/** What is drawn: the rows in their order, and how they read. */
export function barsOf(
  data: Data,
  {
    version = "version",
    limit = Infinity,
    first,
    reference,
    highlight,
    clip = false,
    ...options
  }: ErrorByVersionMarkOptions,
  color?: Plot.ScaleOptions
) {
  const described = description(options.measure ?? "wape");
  const all = errorRows(data, {version: versionsOf(data, version)}, options).sort(
    betterFirst(described, reference)
  );
  const ranked = all.filter((row) => !isNaN(row.value));
  if (first === "worst") all.sort(betterFirst(described, reference, first));
  const {main, colors} = highlightOf(
    all.map((row) => row.version),
    highlight,
    color
  );
  // A note that one more is hidden takes as much room as that one.
  const rows = all.length > limit + 1 ? all.slice(0, limit) : all;
  const most = clippedSize(
    rows.map((row) => row.value),
    clip
  );
  const {format, tick} = errorFormats(described, rows, most);
  return {
    described,
    rows: rows.map((row) => ({...row, at: drawnAt(row.value, most), isMain: main.includes(row.version)})),
    order: rows.map((row) => row.version),
    more: all.length - rows.length,
    best: (described.better ?? reference) === undefined ? undefined : ranked[0],
    colors,
    format,
    tick,
    most,
    text: ({value}: ErrorRow) => (isNaN(value) ? "no value" : format(value)),
    slices: rows.map((row) => ({at: row.version, values: new Map([[described.label, row.value]])})),
    tip: {
      along: "y",
      position: String,
      format: (value: number) => (isNaN(value) ? "no value" : format(value))
    } as const
  };
}

/** The bars, and the values at their ends. */
export function drawBars({rows, text, tick, described}: Bars, reference: number | undefined): Plot.Markish[] {
  // A plot of one's own labels its axis by it.
  const at = {value: "at", label: described.label} as Plot.ChannelValueSpec;
  const bar = {x1: 0, x2: at, y: "version"} as const;
  const label = {x: (row: Bars["rows"][number]) => row.at || 0, y: "version", text};
  const halo = {fill: "currentColor", stroke: "var(--plot-background)", strokeWidth: 3};
  const cut = rows.filter((row) => row.at !== row.value && !isNaN(row.value));
  // Of zeros alone, a plot's own scale would put zero in its middle, and give each a bar up to there.
  const bars = rows.filter((row) => row.at);
  return [
    // In a plot of one's own all have their place, in this order, also those without a bar. It draws nothing.
    Plot.text(rows, {y: "version", text: () => "", frameAnchor: "left", sort: {y: null}}),
    Plot.barX(
      bars.filter((row) => row.isMain),
      {...bar, fill: "version"}
    ),
    Plot.barX(
      bars.filter((row) => !row.isMain),
      {...bar, fill: faded}
    ),
    // A bar that is longer than drawn is broken before its end.
    Plot.text(cut, {
      x: at,
      y: "version",
      text: () => "∕∕",
      dx: -14,
      fill: "var(--plot-background, white)",
      fontSize: 18,
      fontWeight: 700
    }),
    Plot.ruleX([0]),
    reference === undefined ? null : referenceMark(reference, tick),
    Plot.text(
      rows.filter(({value}) => !(value < 0)),
      {...label, ...halo, textAnchor: "start", dx: 6}
    ),
    Plot.text(
      rows.filter(({value}) => value < 0),
      {...label, ...halo, textAnchor: "end", dx: -6}
    )
  ];
}

export function tipOfBars({slices, tip, described, most}: Bars): Plot.CompoundMark {
  const farthest = ([value]: number[]) => drawnAt(value!, most) || 0;
  return seriesTip(slices, {...tip, label: "Version", names: [described.label], colored: [], farthest});
}
