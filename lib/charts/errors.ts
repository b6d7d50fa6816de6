// What error charts have in common: a measure by version, horizon or series, reckoned here or already by SQL.
import {inFiles, type Data} from "../metrics/column.js";
import {measures, summarize, type Columns, type Measure, type MeasureName} from "../metrics/index.js";
import {measureFormat, measureTick} from "./format.js";
import type {FrameOptions} from "./frame.js";
import {numbers, texts, type Value} from "./values.js";

/**
 * What a chart must know of a measure that it doesn't reckon itself: what to call it, its unit, and which value is better.
 */
export type MeasureDescription = Pick<Measure, "label" | "unit" | "better">;

/**
 * Options of the charts of errors. `actual`, `forecast`, `lower`, `upper` and `scale` are the columns that the measure reads,
 * called so unless they are given.
 */
export interface ErrorOptions extends FrameOptions {
  /** What to show: a measure of ikigai-kit/metrics by its name; or, with `value`, the description of any other. */
  measure?: MeasureName | MeasureDescription;
  /** The column that holds the measure already, in one row for each mark, as SQL gives it. Without it, it is reckoned. */
  value?: Value | undefined;
  actual?: Value | undefined;
  forecast?: Value | undefined;
  lower?: Value | undefined;
  upper?: Value | undefined;
  scale?: Value | number | undefined;
  /** What to hold the measure against, such as the share that an interval was made to hold: a rule is drawn there. */
  reference?: number | undefined;
}

/** A measure of one group. */
export interface ErrorRow {
  version: string;
  /** What the chart goes by beside the version: a horizon, a series. */
  group: string | number;
  value: number;
}

interface Grouping {
  version?: number[] | string[] | undefined;
  group?: number[] | string[] | undefined;
}

/** The measure for each version and group, without those in which there is nothing to measure. */
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
    const scale = typeof columns.scale === "number" ? {scale: columns.scale} : {};
    return summarize({...Object.fromEntries(table), ...keys}, {...options, ...scale}).flatMap((summary) =>
      summary[measure] === null ? [] : [row(summary, summary[measure] as number)]
    );
  }
  const rows = numbers(data, value).map((number, i) =>
    row({version: version?.[i], group: group?.[i]}, number)
  );
  expectOneRowEach(rows, inFiles(data), description(measure).label);
  return rows.filter((row) => !isNaN(row.value));
}

/** The names of the versions, of which there is one without a name if the data has no such column. */
export const versionsOf = (data: Data, version: Value | undefined) =>
  version === undefined ? undefined : texts(data, version);

function expectOneRowEach(rows: ErrorRow[], place: string, label: string): void {
  const seen = new Set<string>();
  for (const {version, group} of rows) {
    const id = JSON.stringify([version, group]);
    const name = [version, group].filter((part) => part !== "").join(", ");
    if (seen.has(id))
      throw new Error(
        `There are several rows${place} for ${name}: give one for each, or leave out "value" to have the ${label} reckoned`
      );
    seen.add(id);
  }
}

export function description(measure: MeasureName | MeasureDescription): MeasureDescription {
  if (typeof measure === "object") return measure;
  if (measure in measures) return measures[measure];
  throw new Error(`"${String(measure)}" is no measure: there are ${Object.keys(measures).join(", ")}`);
}

/** Sorts the better values before the worse, if one can know which they are. */
export function byMerit(
  {better}: MeasureDescription,
  reference?: number
): (a: ErrorRow, b: ErrorRow) => number {
  if (better === undefined && reference === undefined) return () => 0;
  const fault = ({value}: ErrorRow) => (better === "lower" ? value : Math.abs(value - (reference ?? 0)));
  return (a, b) => fault(a) - fault(b);
}

/** How the values of the measure read, beside their marks and along an axis. */
export function errorFormats({unit}: MeasureDescription, rows: ErrorRow[]) {
  return {
    format: measureFormat(
      unit,
      rows.map(({value}) => value)
    ),
    tick: measureTick(unit)
  };
}
