// The residuals that charts show: computed already, or from forecasts.
import type {Data} from "../../metrics/column.js";
import {residuals} from "../../metrics/index.js";
import {findColumn, namesOf, needColumn} from "../find-columns.js";
import {readMeasured, readVersions, type ForecastInput} from "./forecast-input.js";
import type {FrameOptions} from "../frame.js";
import {dates, numbers} from "../values.js";

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
}

/** Whether the data are residuals already, as of `residuals` or `residualsSql`. */
const areResiduals = (data: Data) => namesOf(data).includes("residual") && !findColumn(data, "forecast");

/** The residual of each forecast, of those that have one, in no order. */
export function residualRows(data: Data, input: ForecastInput): ResidualRow[] {
  if (areResiduals(data)) {
    const times = dates(data, input.time ?? "time", input.timeZone);
    const versions = readVersions(data, input.version);
    return rowsOf(times, versions, numbers(data, "residual"));
  }
  const times = dates(data, input.time ?? needColumn(data, "time"), input.timeZone);
  const {actual, forecast} = readMeasured(data, input, "pairs");
  return rowsOf(
    times,
    readVersions(data, input.version),
    actual!.map((value, i) => value - forecast![i]!)
  );
}

const rowsOf = (times: (Date | null)[], versions: string[] | undefined, values: number[]): ResidualRow[] =>
  values.flatMap((residual, i) =>
    times[i] && Number.isFinite(residual) ? [{time: times[i], version: versions?.[i] ?? "", residual}] : []
  );

/** The mean residual of each version and time, in the order of these. */
export function residualsByTime(data: Data, input: ForecastInput): ResidualRow[] {
  const rows = residualRows(data, input);
  const columns = {
    version: rows.map(({version}) => version),
    time: rows.map(({time}) => time),
    actual: rows.map(({residual}) => residual),
    forecast: rows.map(() => 0)
  };
  return residuals(columns, {by: ["version"]}) as unknown as ResidualRow[];
}

/** Throws an Error if there are several versions, of which a chart can show one. */
export function checkOneVersion(rows: readonly ResidualRow[], chart: string): void {
  const versions = [...new Set(rows.map(({version}) => version))];
  if (versions.length > 1)
    throw new Error(
      `${chart} shows the residuals of one version, and there are several: ${versions.slice(0, 8).join(", ")}. ` +
        `Select one: rows.filter((d) => d.version === ${JSON.stringify(versions[0])})`
    );
}
