// Comparisons of versions: those that are computed already, or computed here.
import {rows, type Data} from "../../metrics/column.js";
import {compare, type Comparison, type RatioName, type Resampling} from "../../metrics/index.js";
import {findColumn, namesOf} from "../find-columns.js";
import {readForecasts, type ForecastInput, type MeasureInput} from "./forecast-input.js";
import {firstTwice} from "../two-rows.js";
import type {Value} from "../values.js";

/** What charts read of a `Comparison`, which a `LossComparison` has, too. */
export type Compared = Pick<Comparison, "difference" | "interval" | "adjusted" | "pairs" | "against"> &
  Partial<Pick<Comparison, "confidence" | "measure" | "method" | "repeated">> & {version: unknown};

interface ComparisonsOptions {
  against: string | number | undefined;
  by: Value[] | undefined;
  measure: RatioName;
  resampling: Resampling;
  input: ForecastInput & MeasureInput;
}

/** The rows if they are comparisons, else those of the forecasts. Throws an Error if it isn't said which version to compare with. */
export function comparisonsOf(
  data: Data,
  {against, by, measure, resampling, input}: ComparisonsOptions
): Compared[] {
  if (["difference", "against"].every((name) => namesOf(data).includes(name)))
    return rows(data) as unknown as Compared[];
  const {time, version, measured, by: pairing} = readForecasts(data, input, measure, pairedBy(data, by));
  if (!version?.length) return [];
  const versions = new Set(version);
  if (against === undefined || !versions.has(String(against)))
    throw new Error(
      `${against === undefined ? "Say which version to compare with" : `There is no version "${against}" to compare with`}. There are: ` +
        `${[...versions].slice(0, 8).join(", ")}. Name one: {against: ${JSON.stringify([...versions][0])}}`
    );
  const names = pairing.map((_, i) => `by${i}`);
  const columns = Object.fromEntries(names.map((name, i) => [name, pairing[i]!]));
  return compare({...measured, time, version, ...columns}, {against, by: names, measure, ...resampling});
}

/** The columns that tell forecasts of one time apart. */
const pairedBy = (data: Data, by: Value[] | undefined) =>
  by ?? (["series", "origin", "horizon"] as const).flatMap((role) => findColumn(data, role) ?? []);

/** Two forecasts of one time by one of these versions, which can't be paired; undefined if the data has no forecasts. */
export function repeatedRows(
  data: Data,
  versions: string[],
  {by, measure, input}: Pick<ComparisonsOptions, "by" | "measure" | "input">
): [number, number] | undefined {
  if (namesOf(data).includes("difference")) return undefined;
  const {time, version, measured, by: keys} = readForecasts(data, input, measure, pairedBy(data, by));
  const columns = Object.values(measured);
  return firstTwice(time.length, (i) =>
    time[i] != null && versions.includes(version![i]!) && columns.every((column) => !isNaN(column[i]!))
      ? JSON.stringify([version![i], time[i], ...keys.map((key) => key[i])])
      : undefined
  );
}
