// Comparisons of versions: those that are computed already, or computed here.
import {rows, type Data} from "../../metrics/column.js";
import {compare, type Comparison, type RatioName, type Resampling} from "../../metrics/index.js";
import {findColumn, namesOf} from "../find-columns.js";
import {readForecasts, type ForecastInput, type MeasureInput} from "./forecast-input.js";
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
  const keys =
    by ?? (["series", "origin", "horizon"] as const).flatMap((role) => findColumn(data, role) ?? []);
  const {time, version, measured, by: pairing} = readForecasts(data, input, measure, keys);
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
