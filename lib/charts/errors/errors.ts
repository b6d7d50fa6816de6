// What error charts have in common: a measure by version, horizon or series, computed here or by SQL.
import type {ScaleOptions} from "@observablehq/plot";
import {inFiles, type Data} from "../../metrics/column.js";
import {measures, type Columns, type Measure, type MeasureName} from "../../metrics/index.js";
import {byName} from "../../names/by-name.js";
import {measureFormat, measureTick} from "../format.js";
import type {Clip} from "../clip.js";
import {inSentence, type FrameOptions} from "../frame.js";
import {groupRows} from "./group.js";
import {firstTwice, twoRows} from "../two-rows.js";
import {numbers, texts, type Value} from "../values.js";

/**
 * What a chart must know of a measure that it doesn't compute itself: its label, its unit, and which value is better.
 */
export type MeasureDescription = Pick<Measure, "label" | "unit" | "better">;

/**
 * What the charts of errors and their marks read and show. `actual`, `forecast`, `lower` and so on, up to `probability`, are the columns that the measure reads;
 * by default they have these names.
 */
export interface MeasureOptions {
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
  /** The versions in color, before the others in grey. By default all if they are six or fewer, else the five best. */
  highlight?: Iterable<string> | undefined;
  /**
   * Whether a value that is far larger than the others stands at the axis's end and names itself, so that it doesn't flatten them:
   * `true` finds such values, a number is the largest that is drawn to scale, above zero or below.
   */
  clip?: Clip | undefined;
}

/** Options of the charts of errors. */
export interface ErrorOptions extends MeasureOptions, FrameOptions {}

/** The options that name the columns that measures read, and the others. */
export function divideColumns<O extends Pick<MeasureOptions, keyof Columns>>({
  actual,
  forecast,
  lower,
  upper,
  scale,
  squaredScale,
  baseline,
  level,
  probability,
  ...others
}: O) {
  return {
    columns: {actual, forecast, lower, upper, scale, squaredScale, baseline, level, probability},
    others
  };
}

/** The options that say what is measured and shown, and those of the figure. */
export function divideOptions<O extends MeasureOptions>({value, reference, highlight, clip, ...rest}: O) {
  const {columns, others: figure} = divideColumns(rest);
  return {shown: {...columns, value, reference, highlight, clip}, figure};
}

/** What is known of the plot's scales; in a plot of one's own, nothing. */
export interface Scales {
  color?: ScaleOptions | undefined;
  /** What the axis of values has besides them. */
  onAxis?: readonly number[];
}

/** A measure of one group. */
export interface ErrorRow {
  version: string;
  /** What the chart groups by beside the version: a horizon, a series. */
  group: string | number;
  value: number;
}

interface Grouping {
  version?: string[] | undefined;
  group?: number[] | string[] | undefined;
}

/**
 * The measure for each version and group, in ascending order of both. The value of a group that has none is NaN: nothing to
 * compute it from, or a result that isn't finite.
 */
export function errorRows(
  data: Data,
  {version, group}: Grouping,
  {measure = "wape", value, ...columns}: Pick<MeasureOptions, "measure" | "value" | keyof Columns>
): ErrorRow[] {
  if (value !== undefined) {
    const rows = numbers(data, value).map((number, i) => ({
      version: version?.[i] ?? "",
      group: group?.[i] ?? "",
      value: number
    }));
    checkOneRowEach(rows, inFiles(data), description(measure).label);
    return rows;
  }
  if (typeof measure === "object")
    throw new Error(`Name the column that holds the ${measure.label}, as "value"`);
  const read = measures[measure].reads.flatMap((role) => {
    const column = columns[role] ?? role;
    return typeof column === "number" ? [] : [[role, numbers(data, column)] as const];
  });
  const length = read[0]?.[1].length ?? 0;
  const none = () => new Array<string>(length).fill("");
  const {order, groups} = groupRows<string, string | number>(version ?? none(), group ?? none());
  const sorted = read.map(([role, values]) => [role, Array.from(order, (row) => values[row]!)] as const);
  const constants = Object.fromEntries(
    measures[measure].reads.flatMap((role) =>
      typeof columns[role] === "number" ? [[role, columns[role]]] : []
    )
  );
  return groups.map(({first, second, start, end}) => {
    const part = Object.fromEntries(sorted.map(([role, values]) => [role, values.slice(start, end)]));
    const result = measures[measure](part, constants) ?? NaN;
    return {version: first, group: second, value: Number.isFinite(result) ? result : NaN};
  });
}

/** The versions of the rows; undefined if the data has no such column. */
export const versionsOf = (data: Data, version: Value | undefined) =>
  version === undefined ? undefined : texts(data, version);

function checkOneRowEach(rows: ErrorRow[], place: string, label: string): void {
  const twice = firstTwice(rows.length, (i) => JSON.stringify([rows[i]!.version, rows[i]!.group]));
  if (!twice) return;
  const {version, group} = rows[twice[0]]!;
  const name = [version, group].filter((part) => part !== "").join(", ");
  throw new Error(
    `There are several rows${place} for ${name}, such as ${twoRows(...twice)}: give one for each, or leave out "value" to have ` +
      `the ${label} computed`
  );
}

export function description(measure: MeasureName | MeasureDescription): MeasureDescription {
  if (typeof measure === "object") return measure;
  if (measure in measures) return measures[measure];
  throw new Error(
    `"${String(measure)}" is not a measure. The measures are ${Object.keys(measures).join(", ")}`
  );
}

/** How bad a value is; undefined if that isn't known of the measure. */
export function badnessOf(
  {better}: MeasureDescription,
  reference?: number
): ((value: number) => number) | undefined {
  if (better === undefined && reference === undefined) return undefined;
  if (better === "higher") return (value) => -value;
  return better === "lower" ? (value) => value : (value) => Math.abs(value - (reference ?? 0));
}

/** Sorts better values before worse ones, or the other way, if it is known which are better, and those that have none last. */
export function betterFirst(
  described: MeasureDescription,
  reference?: number,
  first: "best" | "worst" = "best"
): (a: Ranked, b: Ranked) => number {
  const badness = badnessOf(described, reference);
  const sign = first === "best" ? 1 : -1;
  return (a, b) => {
    const missing = Number(isNaN(a.value)) - Number(isNaN(b.value));
    if (missing || !badness) return missing; // else rows keep the order of the data
    return (
      (isNaN(a.value) ? 0 : sign * (badness(a.value) - badness(b.value))) || byName(a.version, b.version)
    );
  };
}

type Ranked = Pick<ErrorRow, "version" | "value">;

/**
 * The formats of the measure's values, beside their marks and along an axis.
 * @param most the size beyond which values are clipped
 */
export function errorFormats({unit}: MeasureDescription, rows: ErrorRow[], most = Infinity) {
  const values = rows.map(({value}) => value);
  const isNear = (value: number) => !(Math.abs(value) > most);
  // A value that is clipped takes no digits from the others.
  const [near, far] = [measureFormat(unit, values.filter(isNear)), measureFormat(unit, values)];
  return {
    format: (value: number) => (isNear(value) ? near(value) : far(value)),
    tick: measureTick(unit)
  };
}

/** The versions by the mean of their values, the best first; those without any last. */
export function rankedVersions(
  rows: ErrorRow[],
  described: MeasureDescription,
  reference?: number
): string[] {
  const byVersion = new Map<string, {version: string; count: number; value: number}>();
  for (const {version, value} of rows) {
    const total = byVersion.get(version) ?? {version, count: 0, value: 0};
    byVersion.set(version, total);
    if (isNaN(value)) continue;
    total.value += value;
    ++total.count;
  }
  return [...byVersion.values()]
    .map((total) => ({...total, value: total.value / total.count}))
    .sort(betterFirst(described, reference))
    .map(({version}) => version);
}

/** Why nothing is drawn: no result is finite. */
export const noValues = ({label}: Pick<MeasureDescription, "label">) =>
  `No finite values of ${inSentence(label)}`;

/** Why nothing is drawn of a measure that has no results: maybe no row has all that it reads. */
export function noValuesOf(
  data: Data,
  {measure = "wape", value, ...columns}: Pick<MeasureOptions, "measure" | "value" | keyof Columns>
): string {
  const described = description(measure);
  if (value !== undefined || typeof measure === "object") return noValues(described);
  const roles = measures[measure].reads.filter((role) => typeof columns[role] !== "number");
  const read = roles.map((role) => numbers(data, (columns[role] as Value | undefined) ?? role));
  if (read[0]!.some((_, i) => read.every((values) => !isNaN(values[i]!)))) return noValues(described);
  const others = roles.filter((role) => role !== "actual" && role !== "forecast");
  const needed = ["an actual value", ...others];
  return `No forecasts with ${[needed.slice(0, -1).join(", "), needed.at(-1)].filter(Boolean).join(" and ")}`;
}
