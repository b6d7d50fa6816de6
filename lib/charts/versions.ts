// The forecasts of several versions in one chart.
import type {Data} from "../metrics/column.js";
import {axisOfTimes, axisOfValues, roomForTicks} from "./axes.js";
import {clippedDomain, clippedMarks} from "./clip.js";
import {dateFormat} from "./date-format.js";
import {cutNames} from "./end-labels.js";
import {numberFormat, type Format} from "./format.js";
import {drawable, emptyFrame, frame, room, type FrameOptions} from "./frame.js";
import {colorKey, type KeyItem} from "./key.js";
import {colorsOf, muted, type Colors} from "./palette.js";
import {versionsData, type VersionsColumnOptions, type VersionsData} from "./versions-data.js";
import {drawVersions, hasForecast, pointsOf, type VersionsMarkOptions} from "./versions-mark.js";

/** Options of `versionsChart`: those of `versionsMark`, and of the figure around it. */
export interface VersionsChartOptions extends VersionsMarkOptions, Omit<FrameOptions, "clip"> {
  /** The values' unit, such as "thousand jobs". */
  unit?: string;
}

/**
 * A chart of the forecasts of several versions over the actual values, which may be in the rows of any or all of the
 * versions, or in rows of their own without a version. Where lines coincide, the upper ones are dashed.
 */
export function versionsChart(
  data: Data,
  {
    time,
    actual,
    forecast,
    version,
    highlight,
    timeZone,
    cutoff,
    clip = false,
    unit,
    format,
    width = 640,
    height = Math.round(Math.min(400, Math.max(240, width / 2))),
    marks = [],
    ...options
  }: VersionsChartOptions = {}
): HTMLElement {
  width = drawable(width);
  const named = Object.fromEntries(
    Object.entries({time, actual, forecast, version}).filter(([, value]) => value !== undefined)
  ) as VersionsColumnOptions;
  const read = versionsData(data, {...named, highlight, timeZone}, width);
  const points = pointsOf(read);
  if (!points.length) return emptyFrame({width, height, ...options});
  const values = points.map(({value}) => value);
  const domain = clippedDomain(values, clip);
  const ticked = domain ?? values;
  const show = format ?? numberFormat(values);
  const colors = colorsOf(read.shown, options.color);
  const names = width >= 480 ? cutNames(colors.names, Math.floor((0.35 * width - 16) / 6.7)) : undefined;
  return frame({
    ariaLabel: "Forecasts by version",
    ariaDescription: describe(read, show, timeZone),
    marginTop: unit ? 36 : 24,
    marginLeft: roomForTicks(ticked, options.y),
    marginRight: names ? room([...names.values()]) + 16 : 20,
    key: keyItems(read, colors, names !== undefined),
    ...options,
    color: colors.scale,
    width,
    height,
    x: {
      ...axisOfTimes(
        points.map(({time}) => time),
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
      drawVersions(read, {
        colors,
        names,
        cutoff,
        timeZone,
        isClipped: domain !== undefined,
        colored: true,
        format: show
      }),
      domain ? clippedMarks(points, domain, show) : null,
      ...marks
    ]
  });
}

function keyItems({actuals, versions, shown}: VersionsData, colors: Colors, direct: boolean): KeyItem[] {
  const count = versions.size - shown.length;
  const items: (KeyItem | false)[] = [
    actuals.length > 0 && {label: "Actual", color: "currentColor", kind: "line"},
    ...(direct ? [] : colorKey(colors, "line")),
    count > 0 && {label: `${count} other${count > 1 ? "s" : ""}`, color: muted, kind: "line"}
  ];
  return items.filter((item) => item !== false);
}

/** The last forecast of every version in color. */
function describe(
  {versions, shown}: VersionsData,
  format: Format<number>,
  timeZone: string | undefined
): string {
  const last = shown.map((name) => versions.get(name)!.findLast(hasForecast)!);
  const readTime = dateFormat(
    shown.flatMap((name) => versions.get(name)!.map(({time}) => time)),
    timeZone
  );
  const ends = last.map((row) => `${row.series}: ${format(row.forecast)} in ${readTime(row.time)}`);
  const count = versions.size - shown.length;
  return ends.join("; ") + (count ? `; and ${count} others.` : ".");
}
