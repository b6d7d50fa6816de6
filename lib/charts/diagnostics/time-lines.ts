// Lines of values over time, one for each version: the figure that errors, bias and residuals over time have in common.
import * as Plot from "@observablehq/plot";
import {axisOfTimes, roomForTicks} from "../axes.js";
import {contentsOf} from "../contents.js";
import {dateFormat} from "../date-format.js";
import {highlightOf} from "../emphasis.js";
import {endLabels} from "../end-labels.js";
import type {Format, TickFormat} from "../format.js";
import {
  drawable,
  emptyFrame,
  frame,
  inSentence,
  room,
  valueAxis,
  wholeTicks,
  type FrameOptions
} from "../frame.js";
import {kindsOf} from "../key.js";
import {muted} from "../palette.js";
import {seriesTip, slices} from "../series-tip.js";
import {gapsOf} from "../forecast/steps.js";
import {zone} from "../zone.js";
import {withGaps} from "./line-gaps.js";
import {quarterTicks} from "./periods.js";
import {thinLines} from "./thin-lines.js";
import {drawLines, endsOf, keyOf, markRing, type Shape, type TimeValue} from "./time-line-marks.js";

interface TimeLinesOptions extends FrameOptions {
  name: string;
  label: string;
  format: Format<number>;
  tick: TickFormat;
  /** All versions, the best first. */
  ranked: string[];
  highlight?: Iterable<string> | undefined;
  /** Solid and dashed rules, which the axis has room for; and what the dashed ones mean. */
  rules?: {solid?: number[]; dashed?: {at: number[]; label: string} | undefined};
  /** What a ring means. */
  marked?: string | undefined;
  timeZone?: string | undefined;
  /** How a time reads; by default as exactly as the data has them. */
  position?: Format<Date>;
  /** Whether the times are the starts of quarters, and read as these. */
  areQuarters?: boolean;
  /** "dots" leaves the lines out. */
  shape?: Shape;
  isCount?: boolean;
  /** Why there is no value, if that is known. */
  none?: string | undefined;
}

/** Between the axis's labels and the first dots, which may have rings. */
const insetLeft = 8;

/** The figure of rows in the order of time. */
export function timeLines(
  all: TimeValue[],
  {
    name,
    label,
    format,
    tick,
    ranked,
    highlight,
    rules: {solid = [], dashed: named} = {},
    marked,
    timeZone,
    position,
    areQuarters = false,
    shape = "lines",
    isCount = false,
    none,
    width = 640,
    height = Math.round(Math.min(360, Math.max(200, width * 0.45))),
    marks = [],
    ...options
  }: TimeLinesOptions
): HTMLElement {
  width = drawable(width);
  const dashed = named?.at ?? [];
  const rows = thinLines(shape === "lines" ? brokenLines(all, timeZone) : all, shape, width, height);
  const known = rows.filter(({value}) => !isNaN(value));
  if (!known.length)
    return emptyFrame(
      {name, width, height, ...options},
      none ?? (rows.length ? `No finite values of ${inSentence(label)}` : undefined)
    );
  const {main, others, colors} = highlightOf(ranked, highlight, options.color);
  const several = ranked.length > 1;
  const direct = several && shape === "lines" && width >= 480;
  const ends = direct ? endsOf(known, main, Math.round(width * 0.3)) : [];
  const times = [...new Map(known.map(({time}) => [+time, time])).values()].sort((a, b) => +a - +b);
  const values = known.map(({value}) => value);
  const readTime = position ?? dateFormat(times, timeZone);
  const {drawn, largestRing} = drawLines(rows, main, shape, width);
  const endRing = largestRing + (ends.some(({isMarked}) => isMarked) ? markRing : 0);
  const isRinged = known.some(({isMarked, version}) => isMarked && main.includes(version));
  const tip = {
    along: "x",
    names: several ? colors.names : [main[0] || label],
    colored: several ? main : [],
    label: "Time",
    position: readTime,
    format
  } as const;
  const slicesOf = (rows: TimeValue[]) =>
    slices(
      rows.flatMap(({time: at, version, value}) =>
        isNaN(value) ? [] : [{at, name: several ? version : tip.names[0]!, value}]
      )
    ).sort((a, b) => +a.at - +b.at);
  // Times without a value have their place, too.
  const axis = axisOfTimes(
    rows.map(({time}) => time),
    width,
    timeZone
  );
  const quarterTick = areQuarters ? quarterTicks(axis.ticks, timeZone) : undefined;
  return frame({
    name,
    contents: () => contentsOf(slicesOf(all), tip),
    marginTop: 28,
    marginBottom: 36,
    marginLeft: roomForTicks([...values, ...solid, ...dashed], options.y, tick),
    marginRight: direct ? room(ends.map(({label}) => label)) + 16 + endRing : 20,
    insetLeft,
    // A ring at the lowest value would touch the labels below.
    insetBottom: largestRing + (isRinged ? 10 : 0),
    key: keyOf({
      main,
      others,
      several,
      direct,
      valued: new Set(known.map(({version}) => version)),
      colors,
      kindOf: shape === "dots" ? () => "dot" : kindsOf(rows, ({value}) => value),
      dashed: named?.label,
      marked: isRinged ? marked : undefined
    }),
    ...options,
    color: colors.scale,
    width,
    height,
    x: {
      ...axis,
      ...(quarterTick && {tickFormat: quarterTick}),
      ...(times.length === 1 && {ticks: times, tickFormat: readTime}),
      ...options.x
    },
    y: {
      label,
      labelArrow: "none",
      ...valueAxis(height),
      ...(isCount && {ticks: wholeTicks(values)}),
      // Zeros alone have no scale: any tick but theirs would be made up.
      ...([...values, ...dashed].every((value) => value === 0) && {domain: [0, 1], ticks: [0]}),
      tickFormat: tick,
      ...options.y
    },
    marks: [
      solid.length ? Plot.ruleY(solid, {stroke: muted}) : null,
      dashed.length ? Plot.ruleY(dashed, {stroke: muted, strokeDasharray: "4,3"}) : null,
      ...drawn,
      direct
        ? endLabels(
            ends,
            {...colors, of: (label) => colors.of(ends.find((end) => end.label === label)!.name)},
            endRing
          )
        : null,
      seriesTip(slicesOf(known), tip),
      ...marks
    ]
  });
}

const brokenLines = (rows: TimeValue[], timeZone: string | undefined) =>
  withGaps(rows, {
    at: ({time}) => +time,
    gapsOf: (times) => gapsOf(times, zone(timeZone)),
    none: {value: NaN, isMarked: false}
  });
