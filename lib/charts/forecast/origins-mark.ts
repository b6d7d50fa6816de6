// The marks of a chart of forecasts by origin.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import type {Contents} from "../contents.js";
import {dateFormat} from "../date-format.js";
import {soleVersion} from "./forecast-data.js";
import {strokeOf} from "./forecast-mark.js";
import {numberFormat, type Format} from "../format.js";
import {capitalize} from "../frame.js";
import {
  add,
  originsData,
  pick,
  type Line,
  type OriginsColumnOptions,
  type OriginsData
} from "./origins-data.js";
import {faded, muted} from "../palette.js";
import {gapsOf} from "./steps.js";
import {thin} from "./thin.js";
import {zone} from "../zone.js";
import {tipStyle} from "../series-tip.js";

/** Options of `forecastOriginsMark`: the names of the data's columns, and how they are drawn. */
export interface ForecastOriginsMarkOptions extends OriginsColumnOptions {
  /** The name of the forecasts' version, whose color they have; by default from the column "version", if that names only one. */
  version?: string | undefined;
  /** The color of the newest forecast; its version's by default. */
  stroke?: string | undefined;
  /** The format of values in the tip. */
  format?: Format<number> | undefined;
}

/** The marks of `forecastOrigins`, for a plot of your own. */
export function forecastOriginsMark(
  data: Data,
  {
    version = soleVersion(data),
    stroke = strokeOf(version),
    format,
    ...columns
  }: ForecastOriginsMarkOptions = {}
): Plot.CompoundMark {
  const read = originsData(data, columns);
  return drawOrigins(read, {
    stroke,
    format: format ?? numberFormat(valuesOf(read)),
    timeZone: columns.timeZone
  });
}

const linesOf = ({origins, actual}: OriginsData) => [actual, ...origins];

/** All values. */
export const valuesOf = (read: OriginsData) => linesOf(read).flatMap(({values}) => values);

/** All times that values are for. */
export const timesOf = (read: OriginsData) => linesOf(read).flatMap(({times}) => times);

/** From grey, at 0, for the oldest, to the full color of the newest, at 1: a paler color would not have a line's contrast. */
export const inkOf = (stroke: string, age: number) =>
  `color-mix(in oklab, ${stroke} ${Math.round(100 * age)}%, ${faded})`;

/** How origins are drawn. */
export interface OriginsDrawing {
  stroke: string;
  format: Format<number>;
  timeZone: string | undefined;
}

interface Forecast {
  time: Date;
  forecast: number;
  origin: Date;
}

/** What a forecast says: texts by their labels. */
function readings({origins, actual}: OriginsData, {format, timeZone}: OriginsDrawing) {
  const readOrigin = dateFormat(
    origins.map(({origin}) => origin),
    timeZone
  );
  return {
    Origin: ({origin}: Forecast) => readOrigin(origin),
    Forecast: ({forecast}: Forecast) => format(forecast),
    Actual: ({time}: Forecast) => {
      const value = valueAt(actual, +time);
      return value === undefined ? undefined : format(value);
    }
  };
}

/** The value at a time, found by halving, since a map of a million times takes longer to make than the chart. */
function valueAt({times, values}: Line, time: number): number | undefined {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return times[low] === time ? values[low] : undefined;
}

const pointsOf = ({times, values}: Line) =>
  times.map((time, i) => ({time: new Date(time), value: values[i]!}));

const forecastsOf = ({origins}: OriginsData): Forecast[] =>
  origins.flatMap(({origin, ...line}) =>
    pointsOf(line).map(({time, value}) => ({time, forecast: value, origin}))
  );

/** The line, with a point without a value where a regular series lacks some. */
function withGaps({times, values}: Line, timeZone: string | undefined): Line {
  const isGap = gapsOf(times, zone(timeZone));
  const result: Line = {times: [], values: []};
  for (const [i, time] of times.entries()) {
    if (i && isGap(times[i - 1]!, time)) add(result, time, NaN);
    add(result, time, values[i]!);
  }
  return result;
}

/** What is drawn: of many points, those that can be seen in a chart of this width, with gaps where some are missing. */
export function thinned(
  {origins, actual, timeName}: OriginsData,
  timeZone: string | undefined,
  width = Infinity
): OriginsData {
  const seen = (line: Line) => {
    const {times, values} = withGaps(line, timeZone);
    return pick({times, values}, thin({times, values: [(i) => values[i]!]}, width));
  };
  return {
    timeName,
    origins: origins.map(({origin, ...line}) => ({origin, ...seen(line)})),
    actual: seen(actual)
  };
}

/** A line, with dots at the points that have no neighbor, through which no line goes. */
export function lineMarks(
  line: Line,
  {color, strokeWidth, r}: {color: string; strokeWidth: number; r: number}
): Plot.CompoundMark {
  const points = pointsOf(line);
  const isKnown = (i: number) => !isNaN(points[i]?.value ?? NaN);
  const alone = points.filter((_, i) => isKnown(i) && !isKnown(i - 1) && !isKnown(i + 1));
  const at = {x: "time", y: "value"};
  return Plot.marks(
    Plot.lineY(points, {...at, stroke: color, strokeWidth}),
    Plot.dot(alone, {...at, fill: color, r})
  );
}

/** The marks of what was read: of `all`, those points that `seen` has. */
export function drawOrigins(
  all: OriginsData,
  drawing: OriginsDrawing,
  seen: OriginsData = thinned(all, drawing.timeZone)
): Plot.CompoundMark {
  const {origins, actual, timeName} = seen;
  const forecasts = forecastsOf(seen).filter(({forecast}) => !isNaN(forecast));
  return Plot.marks(
    ...origins.map((line, i) => {
      const color = inkOf(drawing.stroke, origins.length > 1 ? i / (origins.length - 1) : 1);
      return lineMarks(line, {color, strokeWidth: i === origins.length - 1 ? 2.5 : 1.5, r: 3.5});
    }),
    lineMarks(actual, {color: "currentColor", strokeWidth: 1.5, r: 2.5}),
    Plot.ruleX(forecasts, Plot.pointer({x: "time", py: "forecast", stroke: muted})),
    Plot.tip(
      forecasts,
      Plot.pointer({
        ...tipStyle,
        x: {value: "time", label: capitalize(timeName)} as Plot.ChannelValueSpec,
        y: "forecast",
        channels: readings(all, drawing),
        format: {x: dateFormat(timesOf(seen), drawing.timeZone), y: false}
      })
    )
  );
}

/** The same for keys and for the table: a row for each forecast, from the oldest origin. */
export function originsContents(read: OriginsData, drawing: OriginsDrawing): Contents {
  const {Origin, ...texts} = readings(read, drawing);
  const time = dateFormat(timesOf(read), drawing.timeZone);
  return {
    columns: ["Origin", capitalize(read.timeName), ...Object.keys(texts)],
    rows: forecastsOf(read).map((point) => ({
      cells: [Origin(point), time(point.time), ...Object.values(texts).map((text) => text(point) ?? "")],
      x: point.time,
      y: point.forecast
    }))
  };
}
