// What error charts have in common: a measure by version, horizon or series, computed here or by SQL.
import {inFiles, type Data} from "../metrics/column.js";
import {measures, summarize, type Columns, type Measure, type MeasureName} from "../metrics/index.js";
import {measureFormat, measureTick} from "./format.js";
import type {FrameOptions} from "./frame.js";
import {numbers, texts, type Value} from "./values.js";

/**
 * What a chart must know of a measure that it doesn't compute itself: its label, its unit, and which value is better.
 */
export type MeasureDescription = Pick<Measure, "label" | "unit" | "better">;

/**
 * Options of the charts of errors. `actual`, `forecast`, `lower` and so on, up to `probability`, are the columns that the
 * measure reads; by default they have these names.
 */
export interface ErrorOptions extends FrameOptions {
  /** What to show: a measure of ikigai-kit/metrics by its name; or, with `value`, the description of any other. */
  measure?: MeasureName | MeasureDescription;
  /** The column that already holds the measure, in one row for each mark, as from SQL. Without it, the measure is computed. */
  value?: Value | undefined;
  actual?: Value | undefined;
  forecast?: Value | undefined;
  lower?: Value | undefined;
  upper?: Value | undefined;
  scale?: Value | number | undefined;
  squaredScale?: Value | number | undefined;
  baseline?: Value | undefined;
  level?: Value | number | undefined;
  probability?: Value | number | undefined;
  /** A target to compare the measure with, such as the nominal share of an interval: a rule is drawn there. */
  reference?: number | undefined;
}

/** A measure of one group. */
export interface ErrorRow {
  version: string;
  /** What the chart groups by beside the version: a horizon, a series. */
  group: string | number;
  value: number;
}

interface Grouping {
  version?: number[] | string[] | undefined;
  group?: number[] | string[] | undefined;
}

/** The measure for each version and group, without groups that have nothing to measure. */
export function errorRows(
  data: Data,
  {version, group}: Grouping,
  {measure = "wape", value, ...columns}: Pick<ErrorOptions, "measure" | "value" | keyof Columns>
): ErrorRow[] {
  const keys = {...(version && {version}), ...(group && {group})};
  const row = (key: Record<string, unknown>, value: number): ErrorRow => ({
    version: (key.version as string | undefined) ?? "",
    group: (key.group as string | number | undefined) ?? "",
    value
  });
  if (value === undefined) {
    if (typeof measure === "object")
      throw new Error(`Name the column that holds the ${measure.label}, as "value"`);
    const read = measures[measure].reads.map((role) => [role, columns[role] ?? role] as const);
    const table = read.flatMap(([role, column]) =>
      typeof column === "number" ? [] : [[role, numbers(data, column)] as const]
    );
    const options = {by: Object.keys(keys), measures: [measure]};
    const constants = Object.fromEntries(read.filter(([, column]) => typeof column === "number"));
    return summarize({...Object.fromEntries(table), ...keys}, {...options, ...constants}).flatMap(
      (summary) => (summary[measure] === null ? [] : [row(summary, summary[measure] as number)])
    );
  }
  const rows = numbers(data, value).map((number, i) =>
    row({version: version?.[i], group: group?.[i]}, number)
  );
  checkOneRowEach(rows, inFiles(data), description(measure).label);
  return rows.filter((row) => !isNaN(row.value));
}

/** The versions of the rows; undefined if the data has no such column. */
export const versionsOf = (data: Data, version: Value | undefined) =>
  version === undefined ? undefined : texts(data, version);

function checkOneRowEach(rows: ErrorRow[], place: string, label: string): void {
  const seen = new Set<string>();
  for (const {version, group} of rows) {
    const id = JSON.stringify([version, group]);
    const name = [version, group].filter((part) => part !== "").join(", ");
    if (seen.has(id))
      throw new Error(
        `There are several rows${place} for ${name}: give one for each, or leave out "value" to have the ${label} computed`
      );
    seen.add(id);
  }
}

export function description(measure: MeasureName | MeasureDescription): MeasureDescription {
  if (typeof measure === "object") return measure;
  if (measure in measures) return measures[measure];
  throw new Error(
    `"${String(measure)}" is not a measure. The measures are ${Object.keys(measures).join(", ")}`
  );
}

/** Sorts better values before worse ones, if it is known which are better. */
export function betterFirst(
  {better}: MeasureDescription,
  reference?: number
): (a: ErrorRow, b: ErrorRow) => number {
  if (better === undefined && reference === undefined) return () => 0;
  const badness = ({value}: ErrorRow) => {
    if (better === "lower") return value;
    return better === "higher" ? -value : Math.abs(value - (reference ?? 0));
  };
  return (a, b) => badness(a) - badness(b);
}

/** The formats of the measure's values, beside their marks and along an axis. */
export function errorFormats({unit}: MeasureDescription, rows: ErrorRow[]) {
  return {
    format: measureFormat(
      unit,
      rows.map(({value}) => value)
    ),
    tick: measureTick(unit)
  };
}
