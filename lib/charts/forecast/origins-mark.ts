// The marks of a chart of forecasts by origin.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import type {Contents} from "../contents.js";
import {dateFormat} from "../date-format.js";
import {soleVersion} from "./forecast-data.js";
import {strokeOf} from "./forecast-mark.js";
import {numberFormat, type Format} from "../format.js";
import {capitalize} from "../frame.js";
import {originsData, type OriginsColumnOptions, type OriginsData} from "./origins-data.js";
import {muted} from "../palette.js";
import {thin} from "./thin.js";
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

/** All values. */
export const valuesOf = ({origins, actuals}: OriginsData) => [
  ...actuals.map(({actual}) => actual),
  ...origins.flatMap(({points}) => points.map(({forecast}) => forecast))
];

/** All times that values are for. */
export const timesOf = ({origins, actuals}: OriginsData) => [
  ...actuals.map(({time}) => time),
  ...origins.flatMap(({points}) => points.map(({time}) => time))
];

/** From pale, at 0, for the oldest, to the full color of the newest, at 1. */
export const inkOf = (stroke: string, age: number) =>
  `color-mix(in oklab, ${stroke} ${Math.round(55 + 45 * age)}%, var(--plot-background, transparent))`;

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
function readings({origins, actuals}: OriginsData, {format, timeZone}: OriginsDrawing) {
  const actual = new Map(actuals.map(({time, actual}) => [+time, actual]));
  const readOrigin = dateFormat(
    origins.map(({origin}) => origin),
    timeZone
  );
  return {
    Origin: ({origin}: Forecast) => readOrigin(origin),
    Forecast: ({forecast}: Forecast) => format(forecast),
    Actual: ({time}: Forecast) => (actual.has(+time) ? format(actual.get(+time)!) : undefined)
  };
}

const forecastsOf = ({origins}: OriginsData): Forecast[] =>
  origins.flatMap(({origin, points}) => points.map((point) => ({...point, origin})));

/** Of many points, those that can be seen in a chart of this width. */
function thinned({origins, actuals, timeName}: OriginsData, width: number): OriginsData {
  const seen = <T extends {time: Date}>(points: T[], value: (point: T) => number) =>
    thin({times: points.map(({time}) => +time), values: [(i) => value(points[i]!)]}, width).map(
      (i) => points[i]!
    );
  return {
    timeName,
    origins: origins.map(({origin, points}) => ({origin, points: seen(points, ({forecast}) => forecast)})),
    actuals: seen(actuals, ({actual}) => actual)
  };
}

/** The marks of what was read. */
export function drawOrigins(all: OriginsData, drawing: OriginsDrawing, width = Infinity): Plot.CompoundMark {
  const read = thinned(all, width);
  const {origins, actuals, timeName} = read;
  const forecasts = forecastsOf(read);
  return Plot.marks(
    ...origins.map(({points}, i) => {
      const color = inkOf(drawing.stroke, origins.length > 1 ? i / (origins.length - 1) : 1);
      const at = {x: "time", y: "forecast"};
      return points.length > 1
        ? Plot.lineY(points, {...at, stroke: color, strokeWidth: i === origins.length - 1 ? 2.5 : 1.5})
        : Plot.dot(points, {...at, fill: color, r: 3.5});
    }),
    Plot.lineY(actuals, {x: "time", y: "actual", stroke: "currentColor", strokeWidth: 1.5}),
    Plot.ruleX(forecasts, Plot.pointer({x: "time", py: "forecast", stroke: muted})),
    Plot.tip(
      forecasts,
      Plot.pointer({
        ...tipStyle,
        x: {value: "time", label: capitalize(timeName)} as Plot.ChannelValueSpec,
        y: "forecast",
        channels: readings(all, drawing),
        format: {x: dateFormat(timesOf(read), drawing.timeZone), y: false}
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
