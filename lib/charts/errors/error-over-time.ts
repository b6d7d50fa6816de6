// A measure over time: a line for each version.
import type {Data} from "../../metrics/column.js";
import type {MeasureName} from "../../metrics/index.js";
import {extent} from "../axes.js";
import {
  badnessOf,
  description,
  errorFormats,
  errorRows,
  noValuesOf,
  rankedVersions,
  type ErrorOptions,
  type ErrorRow,
  type MeasureDescription
} from "./errors.js";
import {targetText} from "./reference.js";
import {needColumn} from "../find-columns.js";
import {drawable, emptyFrame} from "../frame.js";
import {readMeasured, readVersions, divideOptions, type MeasureInput} from "../diagnostics/forecast-input.js";
import type {Format} from "../format.js";
import {isolated} from "../labels.js";
import {periodFormat, periodsBetween, startsOf, type Period} from "../diagnostics/periods.js";
import type {TimeValue} from "../diagnostics/time-line-marks.js";
import {timeLines} from "../diagnostics/time-lines.js";
import {instants, nameOf, type Value} from "../values.js";
import {dateFormat} from "../date-format.js";

/** Options of `errorOverTime`: the names of the data's columns, what is shown, and of the figure. */
export interface ErrorOverTimeOptions extends Omit<ErrorOptions, "clip"> {
  /** The time that is forecast; or the origin, for the error of the forecasts made then. */
  time?: Value | undefined;
  /** The column of the versions; one line if there is none. */
  version?: Value | undefined;
  /** Which forecasts are measured together; those of each time if left out. */
  every?: Period | undefined;
  /** The zone of texts without one, of the periods and of what is shown; UTC if left out. */
  timeZone?: string | undefined;
}

/**
 * A chart of a measure over time, with a line for each version. The data has a row for each forecast, from which it computes the
 * measure; or, with `value`, a row for each version and time. A period without forecasts is a gap.
 */
export function errorOverTime(
  data: Data,
  {every, measure = "wape", value, reference, highlight, width = 640, ...rest}: ErrorOverTimeOptions = {}
): HTMLElement {
  const {input, others: options} = divideOptions(rest);
  const {time = needColumn(data, "time"), version, timeZone, ...columns} = input;
  const described = description(measure);
  const name = `${described.label} by ${every ?? nameOf(time)}`;
  const times = instants(data, time, timeZone);
  if (!times.length) return emptyFrame({name, width: drawable(width), height: 240, ...options});
  const group = Array.from(times, startsOf(every, timeZone));
  const by = {version: readVersions(data, version), group};
  const measured = errorRows(...readFor(data, measure, value, columns, by)).filter(
    (row) => !isNaN(row.group as number)
  );
  const ranked = rankedVersions(measured, described, reference);
  const rows = linesOf(measured, ranked, every, timeZone);
  const {format, tick} = errorFormats(described, measured);
  const readTime = every
    ? periodFormat(every, timeZone)
    : dateFormat(
        rows.map(({time}) => time),
        timeZone
      );
  return timeLines(rows, {
    name,
    ariaDescription: describe(rows, ranked, {
      best: badnessOf(described, reference) && ranked.length > 1 ? ranked[0] : undefined,
      format,
      readTime
    }),
    ...options,
    label: described.label,
    format,
    tick,
    ranked,
    highlight,
    position: readTime,
    areQuarters: every === "quarter",
    rules: {
      solid: described.better === undefined && described.unit !== "count" ? [] : [0],
      dashed: reference === undefined ? undefined : {at: [reference], label: targetText(reference, tick)}
    },
    none: measured.some(({value}) => !isNaN(value))
      ? undefined
      : noValuesOf(data, {measure, value, ...columns}),
    isCount: described.unit === "count",
    timeZone,
    width
  });
}

type Grouping = Parameters<typeof errorRows>[1];

/** What the measure is computed from; or, with `value`, the column that has it. */
function readFor(
  data: Data,
  measure: MeasureName | MeasureDescription,
  value: Value | undefined,
  columns: MeasureInput,
  by: Grouping
): Parameters<typeof errorRows> {
  if (value !== undefined || typeof measure === "object") return [data, by, {measure, value}];
  return [readMeasured(data, columns, measure), by, {measure}];
}

/** The rows of each version in the order of time, with NaN where a period has none. */
function linesOf(
  measured: ErrorRow[],
  versions: string[],
  every: Period | undefined,
  timeZone: string | undefined
): TimeValue[] {
  const all = [...new Set(measured.map((row) => Number(row.group)))].sort((a, b) => a - b);
  if (!all.length) return [];
  // Before the first value and after the last there is nothing to see.
  const [first, last] = extent(
    measured.flatMap(({group, value}) => (isNaN(value) ? [] : [Number(group)]))
  ) ?? [all[0]!, all.at(-1)!];
  const times = all.filter((time) => time >= first && time <= last);
  const periods = every ? periodsBetween(every, first, last, timeZone) : undefined;
  const byVersion = new Map(versions.map((version) => [version, new Map<number, number>()]));
  for (const {version, group, value} of measured) byVersion.get(version)!.set(Number(group), value);
  return [...byVersion].flatMap(([version, values]) =>
    (periods ?? times.filter((time) => values.has(time))).map((time) => ({
      version,
      time: new Date(time),
      value: values.get(time) ?? NaN
    }))
  );
}

function describe(
  rows: TimeValue[],
  versions: string[],
  {best, format, readTime}: {best: string | undefined; format: Format<number>; readTime: Format<Date>}
): string {
  const ends = versions.slice(0, 6).flatMap((name) => {
    const line = rows.filter((row) => row.version === name && !isNaN(row.value));
    if (!line.length) return [];
    const [first, last] = [line[0]!, line.at(-1)!];
    const said = (row: TimeValue) => `${format(row.value)} in ${readTime(row.time)}`;
    const course = first === last ? said(last) : `${said(first)}, ${said(last)}`;
    return [`${name && `${isolated(name)}: `}${course}`];
  });
  const rest = versions.length > 6 ? `; and ${versions.length - 6} others` : "";
  return `${best === undefined ? "" : `The best on average is ${isolated(best)}. `}${ends.join("; ")}${rest}.`;
}
