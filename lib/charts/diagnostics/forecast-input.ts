// The columns of forecasts that a chart hands to ikigai-kit/metrics, under the names that these read by default.
import type {Data} from "../../metrics/column.js";
import {measures, type Columns, type MeasureName} from "../../metrics/index.js";
import type {Role} from "../../columns/index.js";
import {findColumn, needColumn} from "../find-columns.js";
import {divideColumns, type MeasureOptions} from "../errors/errors.js";
import {numbers, texts, times, type Value} from "../values.js";

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

/** Times in milliseconds since 1970, or null, versions and what the measure reads. */
export function readForecasts(
  data: Data,
  {time, version, timeZone, ...columns}: ForecastInput & MeasureInput,
  measure: MeasureName
) {
  return {
    time: times(data, time ?? needColumn(data, "time"), timeZone),
    version: readVersions(data, version),
    ...readMeasured(data, columns, measure)
  };
}

/** The version of each row; without such a column, undefined. */
export function readVersions(data: Data, version: Value | undefined): string[] | undefined {
  const found = version ?? findColumn(data, "version");
  return found === undefined ? undefined : texts(data, found);
}

const usual: Partial<Record<keyof Columns, Role>> = {
  actual: "actual",
  forecast: "forecast",
  lower: "lower",
  upper: "upper"
};

/** The numbers that the measure reads of each row, by the names that it knows. */
export function readMeasured(
  data: Data,
  columns: MeasureInput,
  measure: MeasureName
): Record<string, number[]> {
  const read = measures[measure].reads.map((role) => {
    const column = columns[role] ?? (usual[role] ? needColumn(data, usual[role]) : role);
    return [role, column] as const;
  });
  const known = new Map(
    read.flatMap(([role, column]) =>
      typeof column === "number" ? [] : [[role, numbers(data, column)] as const]
    )
  );
  const length = [...known.values()][0]?.length ?? 0;
  return Object.fromEntries(
    read.map(([role, column]) => [
      role,
      typeof column === "number" ? new Array<number>(length).fill(column) : known.get(role)!
    ])
  );
}
