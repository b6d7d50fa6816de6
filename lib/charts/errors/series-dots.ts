// The dots of the errors by series: which rows are drawn, in which order, and their marks.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import {byName} from "../../names/by-name.js";
import {rowsBy} from "../rows-by.js";
import {clippedSize, drawnAt} from "../clip.js";
import {nearness, overlaps, ringOf} from "../overlaps.js";
import {
  badnessOf,
  description,
  errorFormats,
  errorRows,
  rankedVersions,
  versionsOf,
  type ErrorRow,
  type MeasureOptions,
  type Scales
} from "./errors.js";
import type {Format} from "../format.js";
import {capitalize, room} from "../frame.js";
import {highlightOf} from "../emphasis.js";
import {faded, muted} from "../palette.js";
import {referenceMark} from "./reference.js";
import {seriesTip, slices} from "../series-tip.js";
import {ifPresent, nameOf, texts, type Value} from "../values.js";

/** Options of `errorBySeriesMark`: the names of the data's columns, and what is shown. */
export interface ErrorBySeriesMarkOptions extends MeasureOptions {
  /** What identifies the series, such as the sector. */
  series?: Value;
  /** The column "version" if there is one. */
  version?: Value | undefined;
  /** How many series are drawn at most. */
  limit?: number;
  /** Which versions or series come first. If there are more than the limit, only these are drawn. */
  first?: "best" | "worst";
}

export type Dots = ReturnType<typeof dotsOf>;

/** What is drawn: the series in their order with their versions' values, and how they read. */
export function dotsOf(
  data: Data,
  {
    series = "series",
    version = ifPresent(data, "version"),
    limit = Infinity,
    first = "worst",
    reference,
    highlight,
    clip = false,
    ...options
  }: ErrorBySeriesMarkOptions,
  {color, onAxis = []}: Scales = {}
) {
  const described = description(options.measure ?? "wape");
  const by = {version: versionsOf(data, version), group: texts(data, series)};
  const all = errorRows(data, by, options).map((row) => ({...row, group: String(row.group)}));
  const badness = badnessOf(described, reference);
  const ranked = seriesInOrder(all, badness, first);
  const measured = new Set(ranked);
  const without = new Set(all.map(({group}) => group).filter((group) => !measured.has(group)));
  // A note that one more is hidden takes as much room as that one.
  const order = ranked.length > limit + 1 ? ranked.slice(0, limit) : ranked;
  const place = new Map(order.map((group, i) => [group, i]));
  const rows = all
    .filter(({group, value}) => place.has(group) && !isNaN(value))
    .sort((a, b) => place.get(a.group)! - place.get(b.group)!);
  const most = clippedSize(
    rows.map(({value}) => value),
    clip
  );
  const {main, others, colors} = highlightOf(rankedVersions(rows, described, reference), highlight, color);
  const isMain = new Set(main);
  const several = main.length + others.length > 1;
  const {format, tick} = errorFormats(described, rows, most);
  const dots = rings(
    rows.map((row) => ({...row, at: drawnAt(row.value, most), isMain: isMain.has(row.version)})),
    onAxis
  );
  return {
    described,
    rows: dots,
    cut: cutOf(dots, format),
    order,
    more: ranked.length - order.length,
    without: without.size,
    badness,
    main,
    others,
    colors,
    several,
    format,
    tick,
    slices: slices(
      rows.map((row) => ({at: row.group, name: row.version || described.label, value: row.value}))
    ),
    tip: {
      along: "y",
      names: several ? colors.names : [main[0] || described.label],
      colored: several ? main : [],
      label: capitalize(nameOf(series)),
      position: String,
      format
    } as const,
    most
  };
}

/** The series that have a value, by their worst version if it is known which is worse, else in the order of the data. */
function seriesInOrder(
  rows: {group: string; value: number}[],
  badness: ((value: number) => number) | undefined,
  first: "best" | "worst"
): string[] {
  const worst = new Map<string, number>();
  for (const {group, value} of rows)
    if (!isNaN(value)) worst.set(group, Math.max(worst.get(group) ?? -Infinity, badness?.(value) ?? 0));
  if (!badness) return [...worst.keys()];
  const sign = first === "worst" ? 1 : -1;
  return [...worst].sort(([x, a], [y, b]) => sign * (b - a) || byName(x, y)).map(([group]) => group);
}

/** Dots of a series that lie on each other get rings, by which those below are seen. */
function rings<R extends ErrorRow & {at: number}>(
  rows: R[],
  onAxis: readonly number[]
): (R & {ring: number; isRinged: boolean})[] {
  const near = nearness([...onAxis, ...rows.map(({at}) => at)], 2);
  return rowsBy(rows, ({group}) => group).flatMap((some) => {
    const {placeOf} = overlaps(
      some.map((row) => [row]),
      {at: () => 0, value: ({at}) => at, near}
    );
    return some
      .map((row) => ({...row, ring: ringOf(placeOf(row)), isRinged: placeOf(row).count > 1}))
      .sort((a, b) => b.ring - a.ring);
  });
}

/** How far the text of a value beyond the clip is from its dot's middle. */
const beside = 9;

/** The texts of a row's values beyond the clip, at the end of the axis where its dots stand. */
function cutOf(rows: (ErrorRow & {group: string; at: number; ring: number})[], format: Format<number>) {
  const ends = [
    {sign: 1, textAnchor: "start", several: "up to "},
    {sign: -1, textAnchor: "end", several: "down to "}
  ] as const;
  return ends.map(({sign, textAnchor, several}) => {
    const cut = rows.filter((row) => row.at !== row.value && Math.sign(row.value) === sign);
    const texts = rowsBy(cut, ({group}) => group).map((some) => {
      const sorted = some.map(({value}) => value).sort((x, y) => sign * (y - x));
      const values = (sorted.at(-1) === sorted[0] ? "" : several) + format(sorted[0]!);
      return {group: some[0]!.group, at: some[0]!.at, text: sign > 0 ? `▸ ${values}` : `${values} ◂`};
    });
    const ring = cut.reduce((most, row) => Math.max(most, row.ring), 0);
    return {
      texts,
      textAnchor,
      ring,
      size: texts.length ? beside + ring + room(texts.map(({text}) => text)) : 0
    };
  });
}

/** A line for each series, and a dot for each version on it. */
export function drawDots(
  {rows, order, several, cut, tick, described}: Dots,
  reference: number | undefined
): Plot.Markish[] {
  // A plot of one's own labels its axis by it.
  const at = {value: "at", label: described.label} as Plot.ChannelValueSpec;
  const dot = {x: at, y: "group"};
  return [
    // In a plot of one's own the rows are in this order.
    Plot.ruleY(order, {y: Plot.identity, stroke: "currentColor", strokeOpacity: 0.08, sort: {y: null}}),
    reference === undefined ? null : referenceMark(reference, tick),
    several
      ? Plot.ruleY(
          rows,
          Plot.groupY({x1: "min", x2: "max"}, {x: at, y: "group", stroke: muted, strokeWidth: 1.5})
        )
      : null,
    Plot.dot(
      rows.filter((row) => !row.isMain),
      {...dot, fill: faded, r: 3}
    ),
    Plot.dot(
      rows.filter((row) => row.isMain),
      {
        ...dot,
        fill: "version",
        r: {value: ({ring}: {ring: number}) => 5 + ring, scale: null},
        // Between dots beside each other; between rings it would hide them.
        stroke: {
          value: ({isRinged}: {isRinged: boolean}) => (isRinged ? "none" : "var(--plot-background)"),
          scale: null
        },
        strokeWidth: 1
      }
    ),
    // An arrow beyond the clip, with the values, on the side where no dots are.
    ...cut.map(({texts, textAnchor, ring}) =>
      Plot.text(texts, {
        ...dot,
        text: "text",
        dx: textAnchor === "start" ? beside + ring : -beside - ring,
        textAnchor,
        fill: "currentColor",
        stroke: "var(--plot-background)",
        strokeWidth: 3
      })
    )
  ];
}

export const tipOfDots = ({slices, tip, most}: Dots): Plot.CompoundMark =>
  seriesTip(slices, {
    ...tip,
    farthest: (values) =>
      drawnAt(
        values.reduce((a, b) => Math.max(a, b)),
        most
      )
  });
