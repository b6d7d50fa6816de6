// The forecasts of several versions in one chart.
import * as Plot from "@observablehq/plot";
import type {Data} from "../metrics/column.js";
import {cutoffMark} from "./cutoff.js";
import {endLabels} from "./end-labels.js";
import {dateFormat, numberFormat, type Format} from "./format.js";
import {forecastRows, lastKnown} from "./forecast-rows.js";
import {capitalize, drawable, emptyFrame, frame, room, valueAxis, type FrameOptions} from "./frame.js";
import {colorKey} from "./key.js";
import {colorsOf} from "./palette.js";
import {seriesTip, slices} from "./series-tip.js";
import {nameOf, type Value} from "./values.js";

/** Options of `versionsChart`: the names of the data's columns, and how they are drawn. */
export interface VersionsChartOptions extends FrameOptions {
  /** When: dates, ISO 8601 texts, or milliseconds since 1970. */
  time?: Value;
  /** The actual values. */
  actual?: Value;
  /** The forecasts. */
  forecast?: Value;
  /** The version of each forecast. */
  version?: Value;
  /** The last time that was known when the forecasts were made; by default it comes from the data. Null draws no rule. */
  cutoff?: Date | string | null | undefined;
  /** The values' unit, such as "thousand jobs". */
  unit?: string;
  /** The format of values; by default with no more digits than needed to distinguish them. */
  format?: Format<number> | undefined;
}

/**
 * A chart of the forecasts of several versions over the actual values, which may be in the rows of any or all of the
 * versions, or in rows of their own without a version.
 */
export function versionsChart(
  data: Data,
  {
    time = "time",
    actual = "actual",
    forecast = "forecast",
    version = "version",
    cutoff,
    unit,
    format,
    width = 640,
    height = Math.round(Math.min(400, Math.max(240, width / 2))),
    marks = [],
    ...options
  }: VersionsChartOptions = {}
): HTMLElement {
  width = drawable(width);
  const rows = forecastRows(data, {time, actual, forecast, series: version});
  if (!rows.length) return emptyFrame({width, height, ...options});
  const forecasts = rows.filter((row) => !isNaN(row.forecast));
  const actuals = [
    ...new Map(rows.filter((row) => !isNaN(row.actual)).map((row) => [+row.time, row])).values()
  ];
  const values = [...actuals.map((row) => row.actual), ...forecasts.map((row) => row.forecast)];
  const read = format ?? numberFormat(values);
  const colors = colorsOf(
    forecasts.map((row) => row.series),
    options.color
  );
  const direct = width >= 480;
  const known = cutoff === undefined ? lastKnown(rows) : cutoff;
  const last = colors.names.map((name) => forecasts.findLast((row) => row.series === name)!);
  const readTime = dateFormat(rows.map((row) => row.time));
  return frame({
    ariaLabel: "Forecasts by version",
    ariaDescription: `${last.map((row) => `${row.series}: ${read(row.forecast)} in ${readTime(row.time)}`).join("; ")}.`,
    marginTop: unit ? 36 : 24,
    marginLeft: room(values.map(numberFormat(values))) + 16,
    marginRight: direct ? room(colors.names) + 16 : 20,
    key: [
      {label: "Actual", color: "currentColor", kind: "line"},
      ...(direct ? [] : colorKey(colors, "line"))
    ],
    ...options,
    color: colors.scale,
    width,
    height,
    x: {type: "utc", label: null, ...options.x},
    y: {label: unit ? capitalize(unit) : null, ...valueAxis(height), ...options.y},
    marks: [
      Plot.lineY(actuals, {x: "time", y: "actual", stroke: "currentColor", strokeWidth: 1.5}),
      Plot.lineY(forecasts, {x: "time", y: "forecast", stroke: "series", strokeWidth: 2}),
      known
        ? cutoffMark(
            rows.map((row) => row.time),
            known
          )
        : null,
      direct
        ? endLabels(
            last.map((row) => ({x: row.time, y: row.forecast, label: row.series})),
            colors
          )
        : null,
      seriesTip(
        slices([
          ...actuals.map((row) => ({at: row.time, name: "Actual", value: row.actual})),
          ...forecasts.map((row) => ({at: row.time, name: row.series, value: row.forecast}))
        ]),
        {
          along: "x",
          names: ["Actual", ...colors.names],
          colored: colors.names,
          label: capitalize(nameOf(time)),
          position: readTime,
          format: read
        }
      ),
      ...marks
    ]
  });
}
