// The hyperparameters and metrics of a model's versions, each as an axis on which the versions stand.
import {columnNames, column, inFiles, type Data} from "../../metrics/column.js";
import {describeMetric} from "../errors/metric-description.js";
import type {MeasureDescription} from "../errors/errors.js";
import {findColumn, needColumn} from "../find-columns.js";
import {measureFormat, type Format} from "../format.js";
import {twoRows} from "../two-rows.js";
import {nameOf, texts, values, type Value} from "../values.js";
import {placesOf, textOf} from "./places.js";

/** An axis, and where each version stands on it. */
export interface ParallelAxis {
  /** Its label. */
  name: string;
  /** Of a metric, what is known of it. */
  metric: MeasureDescription | undefined;
  /** Its values in order, as texts, with their places: 0 is the axis's start, 1 its end. */
  stops: {text: string; place: number}[];
  /** Where each version stands; one without a value is missing. */
  places: Map<string, number>;
  /** Where its values start, after a place for versions without one: 0 if all have one. */
  start: number;
  /** The numbers of the versions, where all values are numbers. */
  numbers: Map<string, number> | undefined;
}

/** Where names and values are found. */
export interface TidyColumns {
  version: Value | undefined;
  /** The column of names; without one, each column but the version's is a name. */
  name: Value | undefined;
  value: Value | undefined;
}

interface Entry {
  /** Its place in the data. */
  row: number;
  version: string;
  name: string;
  value: unknown;
}

/** The axes of a table, in the order in which their names appear. */
export function parallelAxes(
  data: Data,
  role: "hyperparameter" | "metric",
  columns: TidyColumns
): ParallelAxis[] {
  const valuesOf = new Map<string, Map<string, unknown>>();
  const entries = entriesOf(data, role, columns);
  for (const {version, name, value, row} of entries) {
    const known = valuesOf.get(name) ?? new Map<string, unknown>();
    if (known.has(version)) {
      const before = entries.find((entry) => entry.version === version && entry.name === name)!;
      throw new Error(
        `There are several rows${inFiles(data)} for ${version}, ${name}, such as ${twoRows(before.row, row)}: ` +
          `give one for each version and ${role}`
      );
    }
    valuesOf.set(name, known.set(version, value));
  }
  return [...valuesOf].map(([name, known]) => axisOf(name, known, role));
}

/** A value for each version and name: of rows that have a name and a value each, or a column for each name. */
function entriesOf(
  data: Data,
  role: "hyperparameter" | "metric",
  {version, name, value}: TidyColumns
): Entry[] {
  const versionColumn = version ?? needColumn(data, "version");
  const versions = texts(data, versionColumn);
  const nameColumn = name ?? findColumn(data, role);
  const names = columnNames(data);
  if (nameColumn !== undefined && (value !== undefined || names.includes("value"))) {
    const all = values(data, value ?? "value");
    return texts(data, nameColumn).map((name, row) => ({
      row,
      version: versions[row]!,
      name,
      value: all[row]
    }));
  }
  return names
    .filter((column) => column !== nameOf(versionColumn))
    .flatMap((name) => column(data, name).map((value, row) => ({row, version: versions[row]!, name, value})));
}

function axisOf(name: string, values: Map<string, unknown>, role: "hyperparameter" | "metric"): ParallelAxis {
  const known = new Map([...values].filter(([, value]) => textOf(value) !== undefined));
  const metric = role === "metric" ? describeMetric(name) : undefined;
  const {stops, place, number} = placesOf([...known.values()], metric && formatOf(metric));
  return {
    name: metric?.label ?? name,
    metric,
    stops,
    places: new Map([...known].map(([version, value]) => [version, place(value)])),
    start: 0,
    numbers: number && new Map([...known].map(([version, value]) => [version, number(value)]))
  };
}

const formatOf =
  ({unit}: MeasureDescription) =>
  (values: number[]): Format<number> =>
    measureFormat(unit, values, {isShort: true}); // as hyperparameters are

/** Whether the versions differ on it: in their values, or in having one. */
export const differs = ({stops, places}: ParallelAxis, versions: number): boolean =>
  stops.length > 1 || (stops.length === 1 && places.size < versions);

/** How much of an axis is left free between the versions without a value and the least value. */
const gap = 0.2;

/** The axis with a place of their own for those of the versions that have no value, before the others: their lines go on. */
export function withMissing(axis: ParallelAxis, versions: readonly string[]): ParallelAxis {
  const missing = versions.filter((version) => !axis.places.has(version));
  if (!missing.length) return axis;
  const moved = (place: number) => (axis.stops.length > 1 ? gap + (1 - gap) * place : 1);
  return {
    ...axis,
    start: gap,
    stops: [
      {text: axis.metric ? "no value" : "not set", place: 0},
      ...axis.stops.map(({text, place}) => ({text, place: moved(place)}))
    ],
    places: new Map([
      ...missing.map((version) => [version, 0] as const),
      ...Array.from(axis.places, ([version, place]) => [version, moved(place)] as const)
    ])
  };
}
