// A tip with the values of all lines, or of all dots of a row, at the pointer, each with its color.
import * as Plot from "@observablehq/plot";
import type {Format} from "./format.js";
import {muted} from "./palette.js";

/** The style of tips: more room, and a thin frame. */
export const tipStyle = {
  stroke: "var(--theme-foreground-fainter, currentColor)",
  lineHeight: 1.35,
  lineWidth: 24
};

type Position = number | string | Date;

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
  format: Format<number>;
}

/** A rule at the pointer, and a tip that lists the series. */
export function seriesTip<P extends Position>(
  data: Slice<P>[],
  {along, names, colored, label, position, format}: SeriesTipOptions<P>
): Plot.CompoundMark {
  const channels: Record<string, unknown> = {};
  const formats: Record<string, unknown> = {[along]: position, [along === "x" ? "y" : "x"]: false};
  for (const name of names) {
    const text = ({values}: Slice<P>) => (values.has(name) ? format(values.get(name)!) : "–");
    const hasColor = colored.includes(name);
    // Plot shows the color of channels of the color scale: so the channel's value is the name, and its text the number.
    channels[name] = hasColor ? {value: () => name, label: name, scale: "color"} : text;
    formats[name] = hasColor ? (_: string, i: number) => text(data[i]!) : true;
  }
  const farthest = ({values}: Slice<P>) => Math.max(...values.values());
  const at = {value: "at", label} as Plot.ChannelValueSpec;
  const tip = {
    channels: channels as Plot.ChannelValueSpec as never,
    format: formats as Plot.TipOptions["format"]
  };
  return along === "x"
    ? Plot.marks(
        Plot.ruleX(data, Plot.pointerX({x: at, stroke: muted})),
        Plot.tip(data, Plot.pointerX({x: at, y: farthest, ...tip}))
      )
    : Plot.marks(
        Plot.ruleY(data, Plot.pointerY({y: at, stroke: muted})),
        Plot.tip(data, Plot.pointerY({y: at, x: farthest, ...tip}))
      );
}
