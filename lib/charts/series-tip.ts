// A tip with the values of all lines, or of all dots of a row, at the pointer, each with its color.
import * as Plot from "@observablehq/plot";
import type {Format} from "./format.js";
import {distinctLabels, isolated} from "./labels.js";
import {muted} from "./palette.js";

/** The style of tips: more room, and a thin frame. */
export const tipStyle = {
  stroke: "var(--theme-foreground-fainter, currentColor)",
  lineHeight: 1.35,
  lineWidth: 24
};

export type Position = number | string | Date;

/** The values of several series at one position along an axis. */
export interface Slice<P extends Position> {
  at: P;
  values: Map<string, number>;
}

/** The series' values at each position, in the order in which the positions appear. */
export function slices<P extends Position>(
  points: Iterable<{at: P; name: string; value: number}>
): Slice<P>[] {
  const byPosition = new Map<unknown, Slice<P>>();
  for (const {at, name, value} of points) {
    const slice = byPosition.get(at.valueOf()) ?? {at, values: new Map<string, number>()};
    byPosition.set(at.valueOf(), slice);
    if (!isNaN(value)) slice.values.set(name, value);
  }
  return [...byPosition.values()].filter(({values}) => values.size > 0);
}

export interface SeriesTipOptions<P extends Position> {
  /** The axis of the positions. */
  along: "x" | "y";
  /** The series to list, in this order. */
  names: string[];
  /** The series whose color of the plot's scale is shown. */
  colored: string[];
  label: string;
  position: Format<P>;
  /** The text of a value at a position. */
  format: (value: number, at: P) => string;
  /** The height or length at which the tip stands; by default its largest value. */
  farthest?: (values: number[]) => number;
}

/** More series than these make a tip that covers the chart; the others are in one line, with their least and largest value. */
const mostLines = 12;
/** Room for a name and for a line of a tip, in pixels and in letters' widths. */
const nameWidth = 320;
const lineWidth = 48;

/** A rule at the pointer, and a tip that lists the series. */
export function seriesTip<P extends Position>(
  data: Slice<P>[],
  {along, names, colored, label, position, format, farthest = largest}: SeriesTipOptions<P>
): Plot.CompoundMark {
  const channels: Record<string, unknown> = {};
  const formats: Record<string, unknown> = {[along]: position, [along === "x" ? "y" : "x"]: false};
  const colors = new Set(colored);
  const [listed, others] =
    names.length > mostLines ? divide(names, colors) : ([names, []] as [string[], string[]]);
  const labels = distinctLabels(listed, nameWidth);
  const line = (i: number, label: string, value: unknown, format: unknown) => {
    // Not the names themselves, which may be those of Plot's own channels, such as "title".
    channels[`line${i}`] = typeof value === "object" ? {...value, label} : {value, label};
    formats[`line${i}`] = format;
  };
  for (const [i, name] of listed.entries()) {
    const text = ({at, values}: Slice<P>) => (values.has(name) ? format(values.get(name)!, at) : "–");
    // Plot shows the color of channels of the color scale: so the channel's value is the name, and its text the number.
    if (colors.has(name))
      line(i, isolated(labels.get(name)!), {value: () => name, scale: "color"}, (_: string, j: number) =>
        text(data[j]!)
      );
    else line(i, isolated(labels.get(name)!), text, true);
  }
  if (others.length)
    line(listed.length, `${others.length} others`, (slice: Slice<P>) => rangeOf(slice, others, format), true);
  const at = {value: "at", label} as Plot.ChannelValueSpec;
  const end = ({values}: Slice<P>) => farthest([...values.values()]);
  const tip = {
    ...tipStyle,
    lineWidth,
    channels: channels as Plot.ChannelValueSpec as never,
    format: formats as Plot.TipOptions["format"]
  };
  return along === "x"
    ? Plot.marks(
        Plot.ruleX(data, Plot.pointerX({x: at, stroke: muted})),
        Plot.tip(data, Plot.pointerX({x: at, y: end, ...tip}))
      )
    : Plot.marks(
        Plot.ruleY(data, Plot.pointerY({y: at, stroke: muted})),
        Plot.tip(data, Plot.pointerY({y: at, x: end, ...tip}))
      );
}

const largest = (values: number[]) => values.reduce((most, value) => Math.max(most, value), -Infinity);

/** The series with a color, and the others. */
function divide(names: string[], colors: Set<string>): [string[], string[]] {
  const listed = names.filter((name) => colors.has(name)).slice(0, mostLines);
  const isListed = new Set(listed);
  return [listed, names.filter((name) => !isListed.has(name))];
}

function rangeOf<P extends Position>(
  {at, values}: Slice<P>,
  names: string[],
  format: SeriesTipOptions<P>["format"]
): string {
  const known = names.flatMap((name) => values.get(name) ?? []);
  if (!known.length) return "–";
  const least = known.reduce((a, b) => Math.min(a, b));
  return `${format(least, at)} to ${format(largest(known), at)}`;
}
