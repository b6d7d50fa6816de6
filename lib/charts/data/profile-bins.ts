// The histogram of a column of numbers or times.
import * as Plot from "@observablehq/plot";
import type {Bin} from "../../metrics/index.js";
import {axisOfTimes, axisOfValues} from "../axes.js";
import {middleOf, ticksOf, widened, widenedToDay} from "../bins.js";
import {locale, numberTick} from "../format.js";
import {room, valueAxis, wholeTicks} from "../frame.js";
import {palette} from "../palette.js";
import {tipStyle} from "../series-tip.js";
import {numberTexts, timeTexts, type BinTexts} from "./bin-texts.js";
import type {Profile} from "./profile-of.js";

const marginRight = 20;
/** A shorter line of the middle half couldn't be told from the median, in pixels. */
const leastMiddle = 4;

/** The parts of the figure: the bars, the middle half under them, and the median over them. */
export function profileBins(
  profile: Profile & {bins: Bin[]},
  {
    width,
    height = Math.round(Math.min(240, Math.max(170, width * 0.35)))
  }: {width: number; height: number | undefined}
) {
  const {isTime, whole, quantiles, column} = profile;
  const bins = isTime ? widenedToDay(profile.bins) : widened(profile.bins);
  const isWhole = whole !== null && bins === profile.bins;
  const texts = isTime ? timeTexts(profile.bins, quantiles) : numberTexts(bins, isWhole);
  const counts = bins.map(({count}) => count);
  const [, low = NaN, median = NaN, high = NaN] = quantiles;
  const at = (value: number) => (isTime ? new Date(value) : value);
  const columns = [column, "Count"];
  const cellsOf = (bin: Bin) => [texts.ofBin(bin), bin.count.toLocaleString(locale)];
  const marginLeft = room(counts.map((count) => numberTick(count))) + 20;
  const start = {x: (bin: Bin) => at(middleOf(bin)), y: "count"};
  const shown = (width - marginLeft - marginRight) / (bins.at(-1)!.upper - bins[0]!.lower);
  const hasMiddle = (high - low) * shown >= leastMiddle;
  return {
    height,
    ariaDescription: describe(bins, quantiles, texts, isWhole ? whole : null),
    contents: () => ({
      columns,
      rows: bins.map((bin) => ({cells: cellsOf(bin), x: at(middleOf(bin)), y: bin.count}))
    }),
    marginTop: 28,
    marginBottom: 28,
    marginLeft,
    marginRight,
    key: [
      {label: "median", color: "currentColor", kind: "dashed" as const},
      ...(hasMiddle ? [{label: "middle half", color: "currentColor", kind: "line" as const}] : [])
    ],
    x: {
      label: null,
      tickSize: 0,
      type: isTime ? ("utc" as const) : ("linear" as const),
      ...(isTime ? timeTicks(bins, width - marginLeft) : ticksOf(bins, isWhole, width - marginLeft))
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
      Plot.link(hasMiddle ? [0] : [], {
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

/** Ticks at whole periods, or at hours; else Plot's, of which as many as have room. */
function timeTicks(bins: Bin[], width: number): Plot.ScaleOptions {
  const {ticks = Math.max(2, Math.floor(width / 90)), tickFormat} = axisOfTimes(
    bins.flatMap((bin) => [bin.lower, middleOf(bin), bin.upper]), // the hours of a day, too
    width,
    undefined
  );
  return {ticks, ...(tickFormat !== undefined && {tickFormat})};
}

function describe(
  bins: Bin[],
  quantiles: number[],
  {ofBin, ofValue}: BinTexts,
  ends: [number, number] | null
): string {
  const most = bins.reduce((a, b) => (b.count > a.count ? b : a));
  const whole = ends
    ? ends.map(ofValue).join(" to ")
    : ofBin({lower: bins[0]!.lower, upper: bins.at(-1)!.upper, count: 0});
  const [, low, median, high] = quantiles;
  const middle =
    median === undefined
      ? ""
      : ` The median is ${ofValue(median)}, the middle half from ${ofValue(low!)} to ${ofValue(high!)}.`;
  const count = most.count.toLocaleString(locale);
  const where = ofBin(most);
  return `From ${whole}.${middle} Most, ${count}, are ${ends && most.upper - most.lower === 1 ? "" : "from "}${where}.`;
}
