// How the forecasts of one series moved: a line for each origin, from old to new, under the actual values.
import type {Data} from "../../metrics/column.js";
import {axisOfTimes, axisOfValues, roomForTicks} from "../axes.js";
import {dateFormat} from "../date-format.js";
import {soleVersion} from "./forecast-data.js";
import {strokeOf} from "./forecast-mark.js";
import {numberFormat, type Format} from "../format.js";
import {drawable, emptyFrame, frame, type FrameOptions} from "../frame.js";
import {kindOfLine, type KeyItem} from "../key.js";
import {originsData, type Line, type OriginsData} from "./origins-data.js";
import {
  drawOrigins,
  inkOf,
  originsContents,
  thinned,
  timesOf,
  valuesOf,
  type ForecastOriginsMarkOptions
} from "./origins-mark.js";

/** Options of `forecastOrigins`: those of `forecastOriginsMark`, and of the figure around it. */
export interface ForecastOriginsOptions extends ForecastOriginsMarkOptions, FrameOptions {
  /** The values' unit, such as "thousand jobs". */
  unit?: string;
}

/**
 * A chart of the forecasts of one series by the time at which they were made: a line for each origin, the older the greyer, with a dot
 * where it is for one time only, and the actual values on top. The data has a row for each origin and time.
 */
export function forecastOrigins(
  data: Data,
  {
    time,
    actual,
    forecast,
    origin,
    version = soleVersion(data),
    stroke,
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
  const seen = thinned(read, timeZone, width);
  const name = "Forecasts by origin";
  if (!values.length) return emptyFrame({width, height, name, ...options});
  const show = format ?? numberFormat(values);
  const color = stroke ?? strokeOf(version, options.color);
  const drawing = {stroke: color, format: show, timeZone};
  const readOrigin = dateFormat(
    read.origins.map(({origin}) => origin),
    timeZone
  );
  return frame({
    name,
    ariaDescription: describe(read, show, timeZone),
    contents: () => originsContents(read, drawing),
    marginTop: unit ? 36 : 24,
    marginLeft: roomForTicks(values, options.y),
    marginRight: 20,
    key: keyItems(seen, {color, readOrigin}),
    ...options,
    width,
    height,
    x: {...axisOfTimes(timesOf(seen), width, timeZone), ...options.x},
    y: {label: unit ?? null, ...axisOfValues(values, height, options.y), ...options.y},
    marks: [drawOrigins(read, drawing, seen), ...marks]
  });
}

/** The actual values, the newest origin, and the oldest. */
function keyItems(
  {actual, origins}: OriginsData,
  {color, readOrigin}: {color: string; readOrigin: Format<Date>}
): KeyItem[] {
  const ends = origins.length > 1 ? [origins.at(-1)!, origins[0]!] : origins;
  return [
    ...(actual.times.length
      ? [{label: "Actual", color: "currentColor", kind: kindOfLine(actual.values)}]
      : []),
    ...ends.map(({origin, values}, i) => ({
      label: `Forecast of ${readOrigin(origin)}`,
      color: inkOf(color, 1 - i),
      kind: kindOfLine(values)
    }))
  ];
}

function describe(read: OriginsData, format: Format<number>, timeZone: string | undefined): string {
  const {origins, actual} = read;
  const readTime = dateFormat([...origins.map(({origin}) => +origin), ...timesOf(read)], timeZone);
  const [oldest, newest] = [origins[0], origins.at(-1)];
  const last = ({times, values}: Line) => `${format(values.at(-1)!)} in ${readTime(times.at(-1)!)}`;
  const ends = [
    ...(actual.times.length ? [`The last actual value is ${last(actual)}`] : []),
    ...(oldest && newest
      ? [
          `${origins.length} origins from ${readTime(oldest.origin)} to ${readTime(newest.origin)}, whose last forecast is ${last(newest)}`
        ]
      : [])
  ];
  return `${ends.join("; ")}.`;
}
