// How the forecasts of one series moved: a line for each origin, from old to new, under the actual values.
import * as Plot from "@observablehq/plot";
import type {Data} from "../metrics/column.js";
import {axisOfTimes, axisOfValues, roomForTicks} from "./axes.js";
import {dateFormat} from "./date-format.js";
import {numberFormat, type Format} from "./format.js";
import {capitalize, drawable, emptyFrame, frame, type FrameOptions} from "./frame.js";
import {originsData, type OriginsColumnOptions, type OriginsData} from "./origins-data.js";
import {muted, palette} from "./palette.js";
import {tipStyle} from "./series-tip.js";

/** Options of `forecastOriginsMark`: the names of the data's columns, and how they are drawn. */
export interface ForecastOriginsMarkOptions extends OriginsColumnOptions {
  /** The format of values in the tip. */
  format?: Format<number> | undefined;
}

/** Options of `forecastOrigins`: those of `forecastOriginsMark`, and of the figure around it. */
export interface ForecastOriginsOptions extends ForecastOriginsMarkOptions, FrameOptions {
  /** The values' unit, such as "thousand jobs". */
  unit?: string;
}

/** The marks of `forecastOrigins`, for a plot of your own. */
export function forecastOriginsMark(
  data: Data,
  {format, ...columns}: ForecastOriginsMarkOptions = {}
): Plot.CompoundMark {
  const read = originsData(data, columns);
  return draw(read, format ?? numberFormat(valuesOf(read)), columns.timeZone);
}

/**
 * A chart of the forecasts of one series by the time at which they were made: a line for each origin, the older the paler, with a dot
 * where it is for one time only, and the actual values on top. The data has a row for each origin and time.
 */
export function forecastOrigins(
  data: Data,
  {
    time,
    actual,
    forecast,
    origin,
    timeZone,
    unit,
    format,
    width = 640,
    height = Math.round(Math.min(400, Math.max(240, width / 2))),
    marks = [],
    ...options
  }: ForecastOriginsOptions = {}
): HTMLElement {
  width = drawable(width);
  const given = {time, actual, forecast, origin, timeZone};
  const columns = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const read = originsData(data, columns);
  const values = valuesOf(read);
  if (!values.length) return emptyFrame({width, height, ...options});
  const show = format ?? numberFormat(values);
  const readOrigin = dateFormat(
    read.origins.map(({origin}) => origin),
    timeZone
  );
  const [oldest, newest] = [read.origins[0], read.origins.at(-1)];
  return frame({
    ariaLabel: "Forecasts by origin",
    ariaDescription: describe(read, show, timeZone),
    marginTop: unit ? 36 : 24,
    marginLeft: roomForTicks(values, options.y),
    marginRight: 20,
    key: [
      ...(read.actuals.length ? [{label: "Actual", color: "currentColor", kind: "line"} as const] : []),
      ...(newest
        ? [{label: `Forecast of ${readOrigin(newest.origin)}`, color: inkOf(1), kind: "line"} as const]
        : []),
      ...(oldest && oldest !== newest
        ? [{label: `Forecast of ${readOrigin(oldest.origin)}`, color: inkOf(0), kind: "line"} as const]
        : [])
    ],
    ...options,
    width,
    height,
    x: {...axisOfTimes(timesOf(read), width, timeZone), ...options.x},
    y: {label: unit ?? null, ...axisOfValues(values, height, options.y), ...options.y},
    marks: [draw(read, show, timeZone), ...marks]
  });
}

const valuesOf = ({origins, actuals}: OriginsData) => [
  ...actuals.map(({actual}) => actual),
  ...origins.flatMap(({points}) => points.map(({forecast}) => forecast))
];

const timesOf = ({origins, actuals}: OriginsData) => [
  ...actuals.map(({time}) => time),
  ...origins.flatMap(({points}) => points.map(({time}) => time))
];

/** From pale, for the oldest, to the full color of the newest. */
const inkOf = (age: number) =>
  `color-mix(in oklab, ${palette[0]!} ${Math.round(55 + 45 * age)}%, var(--plot-background, transparent))`;

function draw(
  {origins, actuals, timeName}: OriginsData,
  format: Format<number>,
  timeZone: string | undefined
): Plot.CompoundMark {
  const points = origins.flatMap(({origin, points}) => points.map((point) => ({...point, origin})));
  const actual = new Map(actuals.map(({time, actual}) => [+time, actual]));
  const readOrigin = dateFormat(
    origins.map(({origin}) => origin),
    timeZone
  );
  return Plot.marks(
    ...origins.flatMap(({points}, i) => {
      const color = inkOf(origins.length > 1 ? i / (origins.length - 1) : 1);
      return points.length > 1
        ? [
            Plot.lineY(points, {
              x: "time",
              y: "forecast",
              stroke: color,
              strokeWidth: i === origins.length - 1 ? 2.5 : 1.5
            })
          ]
        : [Plot.dot(points, {x: "time", y: "forecast", fill: color, r: 3.5})];
    }),
    Plot.lineY(actuals, {x: "time", y: "actual", stroke: "currentColor", strokeWidth: 1.5}),
    Plot.ruleX(points, Plot.pointer({x: "time", py: "forecast", stroke: muted})),
    Plot.tip(
      points,
      Plot.pointer({
        ...tipStyle,
        x: {value: "time", label: capitalize(timeName)} as Plot.ChannelValueSpec,
        y: "forecast",
        channels: {
          Origin: (point: {origin: Date}) => readOrigin(point.origin),
          Forecast: ({forecast}: {forecast: number}) => format(forecast),
          Actual: ({time}: {time: Date}) => (actual.has(+time) ? format(actual.get(+time)!) : undefined)
        },
        format: {
          x: dateFormat(
            points.map(({time}) => time),
            timeZone
          ),
          y: false
        }
      })
    )
  );
}

function describe(
  {origins, actuals}: OriginsData,
  format: Format<number>,
  timeZone: string | undefined
): string {
  const all = origins.flatMap(({origin, points}) => [origin, ...points.map(({time}) => time)]);
  const readTime = dateFormat([...all, ...actuals.map(({time}) => time)], timeZone);
  const [oldest, newest] = [origins[0], origins.at(-1)];
  const last = actuals.at(-1);
  const ends = [
    ...(last ? [`The last actual value is ${format(last.actual)} in ${readTime(last.time)}`] : []),
    ...(oldest && newest
      ? [
          `${origins.length} origins from ${readTime(oldest.origin)} to ${readTime(newest.origin)}, whose last forecast is ` +
            `${format(newest.points.at(-1)!.forecast)} in ${readTime(newest.points.at(-1)!.time)}`
        ]
      : [])
  ];
  return `${ends.join("; ")}.`;
}
