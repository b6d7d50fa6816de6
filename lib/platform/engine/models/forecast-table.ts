// Forecasts as a table: a row a series, moment and method, with the past above where it is asked for.
import {identifier} from "../../../tabular/quote.js";
import type {Step} from "../step.js";
import {isWhole, refuseTaken} from "../table.js";
import {timeAt} from "./cadence.js";
import type {Forecasted, ForecastOptions} from "./forecasted.js";
import type {SeriesTable} from "./series.js";

/**
 * Columns: the identifiers, the time, the value (blank in the future), then `forecast`, `lower`, `upper` and `model` (blank
 * in the past). Series are in the order of their identifiers, sums before their parts.
 */
export async function writeForecasts(
  step: Step,
  table: SeriesTable,
  forecasts: Forecasted[],
  {includeReals, hierarchy}: ForecastOptions
): Promise<string> {
  const {identifiers, time, value, cadence, end} = table;
  refuseTaken([...identifiers, time, value], ["forecast", "lower", "upper", "model"]);
  const keys = identifiers.map((_, i) => `k${i}`);
  const columns = [
    ...keys.map((key) => `${key} VARCHAR`),
    "moment DOUBLE",
    "actual DOUBLE",
    "point DOUBLE",
    "low DOUBLE",
    "high DOUBLE",
    "model VARCHAR"
  ];
  await step.database.run(`CREATE TEMP TABLE ${step.scratch} (${columns.join(", ")})`);
  await step.database.fill(step.scratch, rows());

  function* rows(): Iterable<(string | number | undefined)[]> {
    for (const {series, outlooks} of forecasts) {
      const key = series.key.map((part) => part || undefined);
      if (includeReals) {
        for (const [i, actual] of series.values.entries()) {
          yield [
            ...key,
            timeAt(cadence, series.start + i),
            actual,
            undefined,
            undefined,
            undefined,
            undefined
          ];
        }
      }
      for (const {model, point, lower, upper} of outlooks) {
        for (const [h, expected] of point.entries()) {
          yield [...key, timeAt(cadence, end + h), undefined, expected, lower[h], upper[h], model];
        }
      }
    }
  }

  const ids = identifiers.map(({name, type}, i) => {
    // A sum over an identifier is called "(all)", which is text.
    const typed = hierarchy?.allLevels ? keys[i]! : `TRY_CAST(${keys[i]!} AS ${type})`;
    return `${typed} AS ${identifier(name)}`;
  });
  const moment = `make_timestamp((moment * 1000)::BIGINT)${time.type === "DATE" ? "::DATE" : ""}`;
  const actual = isWhole(value.type) ? `actual::${value.type}` : "actual";
  return (
    `SELECT ${[...ids, `${moment} AS ${identifier(time.name)}`, `${actual} AS ${identifier(value.name)}`].join(", ")}, ` +
    `point AS forecast, low AS lower, high AS upper, model FROM ${step.scratch}`
  );
}
