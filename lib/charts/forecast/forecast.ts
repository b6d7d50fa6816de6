// The forecast chart: actual values, forecasts with their intervals, and the cutoff between them.
import type {Data} from "../../metrics/column.js";
import {axisOfTimes, axisOfValues, roomForTicks} from "../axes.js";
import {clippedDomain, clippedMarks} from "../clip.js";
import {highlightOf, type Highlight} from "../emphasis.js";
import {describeForecasts} from "./forecast-description.js";
import {numberFormat} from "../format.js";
import {forecastData, type ForecastData} from "./forecast-data.js";
import {
  drawForecasts,
  pointsOf,
  strokeOf,
  tipOf,
  valuesOf,
  type ForecastMarkOptions
} from "./forecast-mark.js";
import {forecastContents} from "./forecast-tip.js";
import {drawable, emptyFrame, frame, type FrameOptions} from "../frame.js";
import type {ForecastRow} from "./forecast-row.js";
import {bandOpacity, coveredBy, isAlone} from "./interval-marks.js";
import {intervalLabel} from "./intervals.js";
import {colorKey, othersText, type KeyItem} from "../key.js";
import {faded, muted} from "../palette.js";

/** Options of `forecastChart`: those of `forecastMark`, and of the figure around it. */
export interface ForecastChartOptions extends ForecastMarkOptions, FrameOptions {
  /** The values' unit, such as "thousand jobs". */
  unit?: string;
}

/**
 * A chart of actual values, their forecast with its intervals, and the cutoff, the last time that was known.
 * The data has a row for each time, of which the actual value, the forecast or both may be missing: history has no forecast,
 * the future no actual value. With `series`, it has such rows for each.
 */
export function forecastChart(
  data: Data,
  {
    time,
    actual,
    forecast,
    lower,
    upper,
    level,
    intervals,
    quantiles,
    series,
    timeZone,
    version,
    stroke,
    cutoff,
    clip = false,
    highlight,
    limit = 100,
    unit,
    format,
    width = 640,
    height = Math.round(Math.min(400, Math.max(240, width / 2))),
    marks = [],
    ...options
  }: ForecastChartOptions = {}
): HTMLElement {
  width = drawable(width);
  const columns = {actual, forecast, lower, upper, level, intervals, quantiles, series, timeZone};
  const read = forecastData(data, {...columns, ...(time !== undefined && {time})}, {width, limit, highlight});
  const {rows} = read;
  const name = "Forecast chart";
  if (!rows.length) return emptyFrame({width, height, name, ...options});
  const values = valuesOf(rows);
  const domain = clippedDomain(values, clip);
  const ticked = domain ?? values;
  const show = format ?? numberFormat(values);
  const shown = highlightOf(read.hasSeries ? read.names : [], highlight, options.color);
  const color = stroke ?? strokeOf(version ?? read.version, options.color);
  const tip = tipOf(read, {format: show, timeZone, domain});
  return frame({
    name,
    ariaDescription: describeForecasts(read, shown.main, show, timeZone),
    contents: () => forecastContents(rows, tip),
    marginTop: unit ? 36 : 24,
    marginLeft: roomForTicks(ticked, options.y),
    marginRight: 20,
    key: keyItems(read, shown, color),
    ...options,
    color: shown.colors.scale,
    width,
    height,
    x: {
      ...axisOfTimes(
        rows.map((row) => row.time),
        width,
        timeZone
      ),
      ...options.x
    },
    y: {
      label: unit ?? null,
      ...axisOfValues(ticked, height, options.y),
      ...(domain && {domain, nice: false}),
      ...options.y
    },
    marks: [
      drawForecasts(read, {cutoff, stroke: color, main: shown.main, isClipped: domain !== undefined, tip}),
      domain ? clippedMarks(pointsOf(rows), domain, show) : null,
      ...marks
    ]
  });
}

function keyItems(
  {rows, levels, hasSeries, more}: ForecastData,
  {main, others, colors}: Highlight,
  stroke: string
): KeyItem[] {
  const color = hasSeries ? muted : stroke;
  const has = (column: "actual" | "forecast") => rows.some((row) => !isNaN(row[column]));
  const bands = levels.flatMap((level, i): KeyItem[] =>
    rows.some(({intervals}) => !isNaN(intervals[i]!.lower))
      ? [
          {
            label: intervalLabel(level),
            color,
            kind: "band",
            opacity: coveredBy(i, bandOpacity(main.length))
          }
        ]
      : []
  );
  // Where no value has a neighbour there are only dots.
  const isLine = (column: "actual" | "forecast") => {
    const isKnown = (row: ForecastRow) => !isNaN(row[column]);
    return rows.some((row, i) => isKnown(row) && !isAlone(rows, i, isKnown));
  };
  const [actual, forecast] = [isLine("actual"), isLine("forecast")];
  const items: (KeyItem | false)[] = [
    ...colorKey({...colors, names: main}, actual || forecast ? "line" : "dot"),
    others.length > 0 && {
      label: othersText(others.length) + (more ? `, and ${more.toLocaleString("en-US")} more` : ""),
      color: faded,
      kind: actual || forecast ? "line" : "dot"
    },
    has("actual") && {
      label: "Actual",
      color: hasSeries ? muted : "currentColor",
      kind: actual ? "line" : "dot"
    },
    has("forecast") && {
      label: "Forecast",
      color,
      kind: hasSeries ? (forecast ? "dashed" : "ring") : forecast ? "line" : "dot"
    },
    ...bands
  ];
  return items.filter((item) => item !== false);
}
