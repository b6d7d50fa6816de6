// The residuals that charts show: computed already, or from forecasts.
import type {Data} from "../../metrics/column.js";
import {ascending} from "../../metrics/order.js";
import {findColumn, namesOf} from "../find-columns.js";
import {readForecasts, readVersions, type ForecastInput} from "./forecast-input.js";
import type {FrameOptions} from "../frame.js";
import {numbers, times} from "../values.js";

/** Options of the charts of residuals: the names of the forecasts' columns, the values' unit, and of the figure. */
export interface ResidualOptions extends ForecastInput, FrameOptions {
  /** The values' unit, such as "thousand jobs". */
  unit?: string | undefined;
}

/** A residual: actual − forecast. */
export interface ResidualRow {
  version: string;
  time: Date;
  residual: number;
  /** Whether it is the mean of several. */
  isMean: boolean;
}

/** Why no residual is drawn. */
export const noResiduals = "No forecasts with an actual value";

/** Whether the data are residuals already, as of `residuals` or `residualsSql`. */
const areResiduals = (data: Data) => namesOf(data).includes("residual") && !findColumn(data, "forecast");

/** The residuals of forecasts, as columns: of a million, rows would take much longer to make. */
export interface ResidualColumns {
  version: string[];
  /** In milliseconds since 1970. */
  time: number[];
  residual: number[];
}

/** Options of a chart of residuals that were read: without those that name columns. */
export type WithoutColumns<O extends ForecastInput> = Omit<O, keyof ForecastInput> &
  Pick<ForecastInput, "timeZone">;

/** The options of charts of residuals that name columns, and the others. */
export function divideInput<O extends ForecastInput>({time, version, actual, forecast, ...others}: O) {
  return {input: {time, version, actual, forecast, timeZone: others.timeZone}, others};
}

/** The residual of each forecast, of those that have one, in no order; undefined of data without columns. */
export function residualColumns(data: Data, input: ForecastInput): ResidualColumns | undefined {
  if (!namesOf(data).length) return undefined;
  const {version, time, residual} = areResiduals(data)
    ? madeResiduals(data, input)
    : differences(data, input);
  const columns: ResidualColumns = {version: [], time: [], residual: []};
  for (let i = 0; i < residual.length; ++i) {
    const at = time[i]!;
    if (at === null || !Number.isFinite(residual[i])) continue;
    columns.version.push(version?.[i] ?? "");
    columns.time.push(at);
    columns.residual.push(residual[i]!);
  }
  return columns;
}

const madeResiduals = (data: Data, {time = "time", version, timeZone}: ForecastInput) => ({
  version: readVersions(data, version),
  time: times(data, time, timeZone),
  residual: numbers(data, "residual")
});

function differences(data: Data, input: ForecastInput) {
  const {version, time, measured} = readForecasts(data, input, "pairs");
  const [actual, forecast] = [measured.actual!, measured.forecast!];
  return {version, time, residual: actual.map((value, i) => value - forecast[i]!)};
}

/** The mean residual of each version and time, in ascending order of these, as `residuals` has them. */
export function residualsByTime({version, time, residual}: ResidualColumns): ResidualRow[] {
  const order = [...new Set(version)].sort(ascending);
  const place = new Map(order.map((name, i) => [name, i]));
  const places = Float64Array.from(version, (name) => place.get(name)!);
  const compare = (i: number, j: number) => places[i]! - places[j]! || time[i]! - time[j]!;
  const sorted = inOrder(version.length, compare);
  const rows: ResidualRow[] = [];
  for (let start = 0, end: number; start < sorted.length; start = end) {
    const first = sorted[start]!;
    let sum = 0;
    for (end = start; end < sorted.length && !compare(first, sorted[end]!); ++end)
      sum += residual[sorted[end]!]!;
    const count = end - start;
    rows.push({
      version: version[first]!,
      time: new Date(time[first]!),
      residual: sum / count,
      isMean: count > 1
    });
  }
  return rows;
}

/** The numbers below `length` in this order, in which they mostly are already: to sort 200,000 would take longer than to draw them. */
function inOrder(length: number, compare: (i: number, j: number) => number): Int32Array {
  const order = Int32Array.from({length}, (_, i) => i);
  return order.every((i) => i === 0 || compare(i - 1, i) <= 0) ? order : order.sort(compare);
}

/** What `residualsByTime` gives of the data, undefined of data without columns, and the options that are not about reading it. */
export function readByTime<O extends ForecastInput>(data: Data, options: O) {
  const {input, others} = divideInput(options);
  const read = residualColumns(data, input);
  return {rows: read && residualsByTime(read), others};
}

/** Throws an Error if there are several versions, of which a chart can show one. */
export function checkOneVersion(all: readonly string[], chart: string): void {
  const versions = [...new Set(all)];
  if (versions.length > 1)
    throw new Error(
      `${chart} shows the residuals of one version, and there are several: ${versions.slice(0, 8).join(", ")}. ` +
        `Select one: rows.filter((d) => d.version === ${JSON.stringify(versions[0])})`
    );
}
