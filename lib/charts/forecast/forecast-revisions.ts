// How forecasts were revised: for each time, from what an older origin said to what a newer one says.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import {axisOfTimes, axisOfValues, roomForTicks} from "../axes.js";
import {dateFormat} from "../date-format.js";
import {soleVersion} from "./forecast-data.js";
import {strokeOf} from "./forecast-mark.js";
import {numberFormat, type Format} from "../format.js";
import {capitalize, drawable, emptyFrame, frame, type FrameOptions} from "../frame.js";
import {kindOfLine} from "../key.js";
import {originsData, pick, type Line, type OriginsColumnOptions} from "./origins-data.js";
import {lineMarks, thinned} from "./origins-mark.js";
import {faded, muted} from "../palette.js";
import {changeOf, largestOfEach, revisionsOf, type Revision, type Revisions} from "./revisions-data.js";
import {tipStyle} from "../series-tip.js";

/** Options of `forecastRevisions`. */
export interface ForecastRevisionsOptions extends OriginsColumnOptions, FrameOptions {
  /** The older origin: a date of the column; by default the one before `to`. */
  from?: Date | string | undefined;
  /** The newer origin; the newest by default. */
  to?: Date | string | undefined;
  /** The name of the forecasts' version, whose color they have; by default from the column "version", if that names only one. */
  version?: string | undefined;
  /** The color of the newer forecasts; their version's by default. */
  stroke?: string | undefined;
  /** The values' unit, such as "thousand jobs". */
  unit?: string;
  /** The format of values in the tip. */
  format?: Format<number> | undefined;
}

/**
 * A chart of how the forecasts of one series changed between two origins: for each time a ring at the older forecast, a dot at the
 * newer one, and a line between them. The data has a row for each origin and time, as for {@link forecastOrigins}.
 */
export function forecastRevisions(
  data: Data,
  {
    time,
    actual,
    forecast,
    origin,
    from,
    to,
    version = soleVersion(data),
    stroke,
    timeZone,
    unit,
    format,
    width = 640,
    height = Math.round(Math.min(400, Math.max(240, width / 2))),
    marks = [],
    ...options
  }: ForecastRevisionsOptions = {}
): HTMLElement {
  width = drawable(width);
  const given = {time, actual, forecast, origin, timeZone};
  const columns = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const read = originsData(data, columns);
  const name = "Forecast revisions";
  const found = revisionsOf(read, {from, to, timeZone});
  if (!found)
    return emptyFrame(
      {width, height, name, ...options},
      read.origins.length
        ? "Only one origin: nothing was revised"
        : read.actual.times.length
          ? "No forecasts"
          : undefined
    );
  const revisions = largestOfEach(found.revisions, width / 4);
  const known = actualBeside(found, thinned({...read, origins: []}, timeZone, width).actual);
  const values = [...revisions.flatMap((one) => [one.old, one.new]), ...known.values].filter(Number.isFinite);
  const times = revisions.map(({time}) => time);
  const show = format ?? numberFormat(values);
  const [readTime, readOrigin] = [dateFormat(times, timeZone), dateFormat([found.from, found.to], timeZone)];
  const color = stroke ?? strokeOf(version, options.color);
  const [older, newer] = [`Forecast of ${readOrigin(found.from)}`, `Forecast of ${readOrigin(found.to)}`];
  const number = (value: number, sign = "") => (isNaN(value) ? undefined : sign + show(value));
  const readings: Record<string, (one: Revision) => string | undefined> = {
    [older]: (one) => number(one.old),
    [newer]: (one) => number(one.new),
    Change: (one) => number(changeOf(one), changeOf(one) > 0 ? "+" : ""),
    Actual: (one) => number(one.actual)
  };
  const middle = (one: Revision) => (isNaN(one.new) ? one.old : one.new);
  return frame({
    name,
    ariaDescription: describe(found, show, readTime, readOrigin),
    contents: () => ({
      columns: [capitalize(read.timeName), ...Object.keys(readings)],
      rows: revisions.map((one) => ({
        cells: [readTime(one.time), ...Object.values(readings).map((text) => text(one) ?? "")],
        x: one.time,
        y: middle(one)
      }))
    }),
    marginTop: unit ? 36 : 16,
    marginLeft: roomForTicks(values, options.y),
    marginRight: 20,
    key: [
      {label: older, color: faded, kind: "ring"},
      {label: newer, color, kind: "dot"},
      ...(known.times.length
        ? [{label: "Actual", color: "currentColor", kind: kindOfLine(known.values)}]
        : [])
    ],
    ...options,
    width,
    height,
    x: {...axisOfTimes(times, width, timeZone), insetLeft: 6, insetRight: 6, ...options.x},
    y: {label: unit ?? null, ...axisOfValues(values, height, options.y), ...options.y},
    marks: [
      ...drawRevisions(revisions, color, Math.max(1.5, Math.min(3.5, (0.4 * width) / revisions.length))),
      lineMarks(known, {color: "currentColor", strokeWidth: 1.5, r: 2.5}),
      Plot.ruleX(revisions, Plot.pointerX({x: "time", stroke: muted, strokeOpacity: 0.5})),
      Plot.tip(
        revisions,
        Plot.pointerX({
          ...tipStyle,
          x: {value: "time", label: capitalize(read.timeName)} as Plot.ChannelValueSpec,
          y: middle,
          channels: readings as Record<string, Plot.ChannelValueSpec>,
          format: {x: readTime, y: false}
        })
      ),
      ...marks
    ]
  });
}

/** The actual values from the first time that has a forecast to the last, also those between that have none. */
function actualBeside({revisions}: Revisions, actual: Line): Line {
  const [first, last] = [Number(revisions[0]?.time), Number(revisions.at(-1)?.time)];
  const places = [...actual.times.keys()];
  return pick(
    actual,
    places.filter((i) => actual.times[i]! >= first && actual.times[i]! <= last)
  );
}

/** A line from the older forecast to the newer one, under both. */
function drawRevisions(revisions: Revision[], color: string, r: number): Plot.Markish[] {
  const changed = revisions.filter((one) => changeOf(one));
  return [
    Plot.ruleX(changed, {
      x: "time",
      y1: "old",
      y2: "new",
      stroke: color,
      strokeWidth: 2,
      strokeOpacity: 0.6,
      className: "ikigai-revision"
    }),
    Plot.dot(revisions, {
      x: "time",
      y: "old",
      r,
      stroke: faded,
      strokeWidth: 0.4 * r,
      fill: "var(--plot-background)"
    }),
    Plot.dot(revisions, {x: "time", y: "new", r, fill: color})
  ];
}

/** How many forecasts rose and fell, by how much on average, and the largest change. */
function describe(
  {from, to, revisions}: Revisions,
  format: Format<number>,
  readTime: Format<Date>,
  readOrigin: Format<Date>
): string {
  const both = revisions.filter((one) => !isNaN(changeOf(one)));
  const between = `From ${readOrigin(from)} to ${readOrigin(to)}`;
  if (!both.length) return `${between}, no time has a forecast of both.`;
  const signed = (value: number) => (value > 0 ? "+" : "") + format(value);
  const count = (sign: number) => both.filter((one) => Math.sign(changeOf(one)) === sign).length;
  const mean = both.reduce((sum, one) => sum + changeOf(one), 0) / both.length;
  const largest = both.reduce((a, b) => (Math.abs(changeOf(b)) > Math.abs(changeOf(a)) ? b : a));
  return (
    `${between}, of ${both.length} forecasts ${count(1)} rose and ${count(-1)} fell, by ${(mean > 0 ? "+" : "") + numberFormat([mean])(mean)} on average. ` +
    `The largest change is ${signed(changeOf(largest))} for ${readTime(largest.time)}.`
  );
}
