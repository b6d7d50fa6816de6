// The forecasts of several versions in one chart.
import type {Data} from "../../metrics/column.js";
import {axisOfTimes, axisOfValues, roomForTicks} from "../axes.js";
import {clippedDomain, clippedMarks} from "../clip.js";
import {contentsOf} from "../contents.js";
import {dateFormat} from "../date-format.js";
import {highlightOf, type Highlight} from "../emphasis.js";
import {numberFormat, type Format} from "../format.js";
import {drawable, emptyFrame, frame, room, type FrameOptions} from "../frame.js";
import {kindOfLine, othersKey, othersText, type KeyItem} from "../key.js";
import {distinctLabels} from "../labels.js";
import {versionsData, type VersionsColumnOptions, type VersionsData} from "./versions-data.js";
import {drawVersions, hasForecast, pointsOf, tipOf, type VersionsMarkOptions} from "./versions-mark.js";

/** Options of `versionsChart`: those of `versionsMark`, and of the figure around it. */
export interface VersionsChartOptions extends VersionsMarkOptions, FrameOptions {
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
  const read = versionsData(data, {...named, timeZone}, width);
  const points = pointsOf(read);
  const name = "Forecasts by version";
  if (!points.length) return emptyFrame({width, height, name, ...options});
  const values = points.map(({value}) => value);
  const domain = clippedDomain(values, clip);
  const ticked = domain ?? values;
  const show = format ?? numberFormat(values);
  const shown = highlightOf(read.ranked, highlight, options.color);
  const {main, colors} = shown;
  const names = width >= 480 ? distinctLabels(main, Math.round(width * 0.35) - 12) : undefined;
  const tip = tipOf(read, shown, show, timeZone);
  return frame({
    name,
    ariaDescription: describe(read, shown, show, timeZone),
    contents: () => contentsOf(tip.slices, tip),
    marginTop: unit ? 36 : 24,
    marginLeft: roomForTicks(ticked, options.y),
    marginRight: names ? room([...names.values()]) + 16 : 20,
    key: keyItems(read, shown, names !== undefined),
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
        shown,
        names,
        cutoff,
        timeZone,
        isClipped: domain !== undefined,
        tip
      }),
      domain ? clippedMarks(points, domain, show) : null,
      ...marks
    ]
  });
}

function keyItems(
  {actuals, versions}: VersionsData,
  {main, others, colors}: Highlight,
  direct: boolean
): KeyItem[] {
  const kindOf = (name: string) => kindOfLine(versions.get(name)!.map(({forecast}) => forecast));
  const actual = {
    label: "Actual",
    color: "currentColor",
    kind: kindOfLine(actuals.map(({actual}) => actual))
  };
  return [
    ...(actuals.length ? [actual] : []),
    ...(direct ? [] : main.map((name) => ({label: name, color: colors.of(name), kind: kindOf(name)}))),
    ...othersKey(others, kindOf)
  ];
}

/** The best version, and the last forecast of every version in color. */
function describe(
  {versions, best}: VersionsData,
  {main, others}: Highlight,
  format: Format<number>,
  timeZone: string | undefined
): string {
  const last = main.map((name) => versions.get(name)!.findLast(hasForecast)!);
  const readTime = dateFormat(
    main.flatMap((name) => versions.get(name)!.map(({time}) => time)),
    timeZone
  );
  const ends = last.map((row) => `${row.series}: ${format(row.forecast)} in ${readTime(row.time)}`);
  return (
    (best ? `The best is ${best.name}, with a mean absolute error of ${format(best.error)}. ` : "") +
    ends.join("; ") +
    (others.length ? `; and ${othersText(others.length)}.` : ".")
  );
}
