// The last time that was known when forecasts were made: found in the data, and drawn as a rule.
import * as Plot from "@observablehq/plot";
import {dateFormat} from "../date-format.js";
import {bySeries, type ForecastRow} from "./forecast-row.js";
import {textWidth} from "../labels.js";
import {muted, mutedText} from "../palette.js";
import {toTimes} from "../times.js";

/** One time for all series, or one for each by its name. */
export type Cutoff = Date | string | Readonly<Record<string, Date | string>>;

/**
 * The last time that was known when a series' forecasts were made. That is the last actual value before the forecasts: before the first
 * that has an interval if others before it have none; else before the first of all. Where more actual values have a forecast beside them
 * than come before the first one, and more than forecasts follow after the last, these are taken for fitted values: then it is the last
 * actual value, if forecasts go on after it.
 * If it is known when the forecasts were made, it is the last actual value up to then; null says that they were made at several times.
 */
export function lastKnown(rows: readonly ForecastRow[], origin?: number | null): Date | undefined {
  const hasForecast = ({forecast}: ForecastRow) => !isNaN(forecast);
  if (origin === null) return undefined;
  if (origin !== undefined) return rows.findLast((row) => hasActual(row) && +row.time <= origin)?.time;
  const isBounded = ({intervals}: ForecastRow) =>
    intervals.some(({lower, upper}) => !isNaN(lower) || !isNaN(upper));
  const first = rows.findIndex(hasForecast);
  if (first < 0) return undefined;
  const bounded = rows.findIndex((row) => hasForecast(row) && isBounded(row));
  const lastBefore = (end: number) => rows.slice(0, end).findLast(hasActual)?.time;
  if (bounded > first) return lastBefore(bounded);
  const before = rows.slice(0, first).filter(hasActual).length;
  const beside = rows.filter((row) => hasActual(row) && hasForecast(row)).length;
  const last = rows.findLastIndex(hasActual);
  const ahead = rows.slice(last + 1).filter(hasForecast).length;
  if (beside <= before || beside <= ahead) return lastBefore(first);
  return ahead ? rows[last]!.time : undefined;
}

const hasActual = ({actual}: ForecastRow) => !isNaN(actual);

/** The cutoff of each series: as given, or from its rows, and when its forecasts were made if that is known. */
export function cutoffs(
  rows: readonly ForecastRow[],
  cutoff: Cutoff | null | undefined,
  timeZone?: string,
  origins?: ReadonlyMap<string, number | null>
): Map<string, Date> {
  const found = new Map<string, Date>();
  if (cutoff === null) return found;
  for (const [name, group] of bySeries(rows)) {
    const given = cutoff === undefined || isTime(cutoff) ? cutoff : cutoff[name];
    const at = given === undefined ? lastKnown(group, origins?.get(name)) : readCutoff(given, timeZone);
    if (at) found.set(name, at);
  }
  return found;
}

const isTime = (cutoff: Cutoff): cutoff is Date | string =>
  typeof cutoff === "string" || cutoff instanceof Date;

function readCutoff(cutoff: Date | string, timeZone: string | undefined): Date {
  try {
    return toTimes([cutoff], {name: "cutoff", timeZone})[0]!;
  } catch (error) {
    if (error instanceof RangeError) throw error; // of the zone
    throw new TypeError(`The cutoff is ${JSON.stringify(cutoff)}: give it a date, such as "2014-12-01"`, {
      cause: error
    });
  }
}

/** What is drawn of the cutoffs beside the rows' times. */
export interface CutoffOptions {
  timeZone?: string | undefined;
  /** Which series' rules have the color of their name; the others are grey. */
  isColored?: ((name: string) => boolean) | undefined;
}

/** The rule at the last known time, with a label above the frame on the side where there is more room; or a rule for each series. */
export function cutoffMark(
  times: readonly Date[],
  known: ReadonlyMap<string, Date>,
  {timeZone, isColored = () => false}: CutoffOptions = {}
): Plot.CompoundMark | null {
  const distinct = [...new Map([...known.values()].map((at) => [+at, at])).values()].sort((a, b) => +a - +b);
  const [earliest, latest] = [distinct[0], distinct.at(-1)];
  if (!earliest || !latest) return null;
  let [first, last] = [Infinity, -Infinity];
  for (const time of times) [first, last] = [Math.min(first, +time), Math.max(last, +time)];
  const format = dateFormat([...times, ...distinct], timeZone);
  const late = +latest > (first + last) / 2;
  const several = distinct.length > 1;
  const rule = {strokeDasharray: "2,3"};
  const all = Array.from(known, ([name, at]) => ({name, at}));
  const colored = several ? all.filter(({name}) => isColored(name)) : [];
  const taken = new Set(colored.map(({at}) => +at));
  const grey = distinct.filter((at) => !taken.has(+at));
  return Plot.marks(
    Plot.ruleX(grey, {stroke: muted, ...rule}),
    Plot.ruleX(colored, {x: "at", stroke: "name", ...rule}),
    Plot.text(
      [late ? latest : earliest],
      withinFrame(`Known to ${format(earliest)}${several ? ` … ${format(latest)}` : ""}`, late)
    )
  );
}

/** A text above the frame that begins at its time, or ends there; moved into the frame if it would stick out at its side, where names may be. */
function withinFrame(label: string, isEnd: boolean): Plot.TextOptions {
  const width = textWidth(label);
  const options: Plot.TextOptions = {
    x: (time: Date) => time,
    text: () => label,
    frameAnchor: "top",
    lineAnchor: "bottom",
    textAnchor: isEnd ? "end" : "start",
    dx: isEnd ? 2 : -2,
    dy: -6,
    fill: mutedText
  };
  return Plot.initializer(options, (data, facets, _channels, {x}, {marginLeft, marginRight, width: all}) => {
    const place = (time: unknown) => {
      const at = Number((x as (value: unknown) => unknown)(time));
      return isEnd ? Math.max(at, marginLeft + width) : Math.min(at, all - marginRight - width);
    };
    return {data, facets, channels: {x: {value: Array.from(data as Iterable<unknown>, place)}}};
  });
}
