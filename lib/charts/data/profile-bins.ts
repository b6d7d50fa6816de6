// The histogram of a column of numbers or times.
import * as Plot from "@observablehq/plot";
import type {Bin} from "../../metrics/index.js";
import {axisOfValues} from "../axes.js";
import {middleOf, widened} from "../bins.js";
import {dateFormat} from "../date-format.js";
import {locale, numberFormat, numberTick, type Format} from "../format.js";
import {room, valueAxis, wholeTicks} from "../frame.js";
import {palette} from "../palette.js";
import {tipStyle} from "../series-tip.js";
import type {Profile} from "./profile-of.js";

const day = 86_400_000;

/** The parts of the figure: the bars, the middle half under them, and the median over them. */
export function profileBins(
  profile: Profile & {bins: Bin[]},
  {
    width,
    height = Math.round(Math.min(240, Math.max(170, width * 0.35)))
  }: {width: number; height: number | undefined}
) {
  const {isTime, quantiles, column} = profile;
  const bins = widened(profile.bins, isTime ? day : undefined);
  const format = formatOf(bins, isTime);
  const counts = bins.map(({count}) => count);
  const [, low = NaN, median = NaN, high = NaN] = quantiles;
  const at = (value: number) => (isTime ? new Date(value) : value);
  const columns = [column, "Count"];
  const cellsOf = (bin: Bin) => [
    `${format(bin.lower)} to ${format(bin.upper)}`,
    bin.count.toLocaleString(locale)
  ];
  const marginLeft = room(counts.map((count) => numberTick(count))) + 20;
  const start = {x: (bin: Bin) => at(middleOf(bin)), y: "count"};
  return {
    height,
    ariaDescription: describe(bins, quantiles, format),
    contents: () => ({
      columns,
      rows: bins.map((bin) => ({cells: cellsOf(bin), x: at(middleOf(bin)), y: bin.count}))
    }),
    marginTop: 28,
    marginBottom: 28,
    marginLeft,
    marginRight: 20,
    key: [
      {label: "median", color: "currentColor", kind: "dashed" as const},
      {label: "middle half", color: "currentColor", kind: "line" as const}
    ],
    x: {
      label: null,
      tickSize: 0,
      type: isTime ? ("utc" as const) : ("linear" as const),
      ticks: Math.max(2, Math.floor((width - marginLeft) / 90)),
      ...(!isTime && {tickFormat: numberTick})
    },
    y: {
      label: "Count",
      labelArrow: "none" as const,
      ...valueAxis(height),
      ...axisOfValues([0, ...counts], height),
      ...(wholeTicks(counts) && {ticks: wholeTicks(counts)})
    },
    marks: [
      Plot.rectY(bins, {
        x1: (bin: Bin) => at(bin.lower),
        x2: (bin: Bin) => at(bin.upper),
        y: "count",
        fill: palette[0]!,
        inset: 0.5
      }),
      Plot.ruleY([0]),
      Plot.link(high > low ? [0] : [], {
        x1: () => at(low),
        x2: () => at(high),
        y: 0,
        strokeWidth: 5
      }),
      Plot.ruleX(isNaN(median) ? [] : [at(median)], {strokeWidth: 1.5, strokeDasharray: "4,3"}),
      Plot.tip(
        bins,
        Plot.pointerX({
          ...start,
          title: (bin: Bin) =>
            cellsOf(bin)
              .map((cell, i) => (i ? `${columns[i]}: ${cell}` : cell))
              .join("\n"),
          ...tipStyle
        })
      )
    ] as Plot.Markish[]
  };
}

function formatOf(bins: Bin[], isTime: boolean): Format<number> {
  const ends = [...bins.map(({lower}) => lower), bins.at(-1)!.upper];
  if (!isTime) return numberFormat(ends);
  // Ends of bins fall anywhere in a day, which says nothing where bins are longer.
  const isLong = bins[0]!.upper - bins[0]!.lower >= day;
  const shown = (value: number) => new Date(isLong ? day * Math.floor(value / day) : value);
  const format = dateFormat(ends.map(shown));
  return (value) => format(shown(value));
}

function describe(bins: Bin[], quantiles: number[], format: Format<number>): string {
  const most = bins.reduce((a, b) => (b.count > a.count ? b : a));
  const [, low, median, high] = quantiles;
  const middle =
    median === undefined
      ? ""
      : ` The median is ${format(median)}, the middle half from ${format(low!)} to ${format(high!)}.`;
  return (
    `From ${format(bins[0]!.lower)} to ${format(bins.at(-1)!.upper)}.${middle} ` +
    `Most, ${most.count.toLocaleString(locale)}, are from ${format(most.lower)} to ${format(most.upper)}.`
  );
}
