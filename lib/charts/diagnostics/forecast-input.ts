// The columns of forecasts that a chart hands to ikigai-kit/metrics, under the names that these read by default.
import type {Data} from "../../metrics/column.js";
import {measures, type Columns, type MeasureName} from "../../metrics/index.js";
import type {Role} from "../../columns/index.js";
import {findColumn, needColumn} from "../find-columns.js";
import {divideColumns, type MeasureOptions} from "../errors/errors.js";
import {dataOf, numbers, texts, times, type Value} from "../values.js";

/** The columns of the forecasts; those that are left out are found by their usual names. */
export interface ForecastInput {
  /** The time that is forecast. */
  time?: Value | undefined;
  /** The version of each forecast; one version if the data has no such column. */
  version?: Value | undefined;
  actual?: Value | undefined;
  forecast?: Value | undefined;
  /** The zone of texts without one, and of what is shown; UTC if left out. */
  timeZone?: string | undefined;
}

/** The columns that measures read. */
export type MeasureInput = Pick<MeasureOptions, keyof Columns>;

/** The options that name columns, and the others. */
export function divideOptions<O extends ForecastInput & MeasureInput>({time, version, timeZone, ...rest}: O) {
  const {columns, others} = divideColumns(rest);
  return {input: {time, version, timeZone, ...columns}, others};
}

/** What `readForecasts` reads: times in milliseconds since 1970, or null; versions; what the measure reads; and the texts of `by`. */
export interface Forecasts {
  time: (number | null)[];
  /** Undefined if the data has no such column. */
  version: string[] | undefined;
  measured: Record<string, number[]>;
  by: string[][];
}

/** Reads what a measure of forecasts is computed from, and other columns to group by. */
export function readForecasts(
  data: Data,
  {
    time = needColumn(data, "time"),
    version = findColumn(data, "version"),
    timeZone,
    ...columns
  }: ForecastInput & MeasureInput,
  measure: MeasureName,
  by: readonly Value[] = []
): Forecasts {
  const measured = measuredColumns(data, columns, measure);
  const part = dataOf(data, [time, version, ...measured.values(), ...by]);
  return {
    time: times(part, time, timeZone),
    version: version === undefined ? undefined : texts(part, version),
    measured: numbersOf(part, measured),
    by: by.map((value) => texts(part, value))
  };
}

/** The version of each row; without such a column, undefined. */
export function readVersions(data: Data, version: Value | undefined): string[] | undefined {
  const found = version ?? findColumn(data, "version");
  return found === undefined ? undefined : texts(data, found);
}

/** The numbers that the measure reads of each row, by the names that it knows. */
export function readMeasured(
  data: Data,
  columns: MeasureInput,
  measure: MeasureName
): Record<string, number[]> {
  const measured = measuredColumns(data, columns, measure);
  return numbersOf(dataOf(data, [...measured.values()]), measured);
}

const usual: Partial<Record<keyof Columns, Role>> = {
  actual: "actual",
  forecast: "forecast",
  lower: "lower",
  upper: "upper"
};

/** The columns that the measure reads, or the number that each row has, by the names that it knows. */
function measuredColumns(data: Data, columns: MeasureInput, measure: MeasureName) {
  const columnOf = (role: keyof Columns) => {
    const known = usual[role];
    return columns[role] ?? (known ? needColumn(data, known) : role);
  };
  return new Map(measures[measure].reads.map((role) => [role, columnOf(role)] as const));
}

function numbersOf(
  data: Data,
  columns: ReadonlyMap<keyof Columns, Value | number>
): Record<string, number[]> {
  const known = Array.from(columns, ([role, column]) =>
    typeof column === "number" ? ([role, column] as const) : ([role, numbers(data, column)] as const)
  );
  const length = known.map(([, values]) => values).find(Array.isArray)?.length ?? 0;
  return Object.fromEntries(
    known.map(([role, values]) => [
      role,
      typeof values === "number" ? new Array<number>(length).fill(values) : values
    ])
  );
}
