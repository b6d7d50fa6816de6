// Forecasts in the shape of the demo's, of real employment figures, by two simple methods.
import {readFileSync} from "node:fs";
import {resolve} from "node:path";

const path = resolve(import.meta.dirname, "../../lib/platform/seed/data/us-employment.csv");

export interface SampleRow {
  sector: string;
  month: Date;
  actual: number | null;
  forecast: number | null;
  lower: number | null;
  upper: number | null;
  version: string | null;
  horizon: number | null;
  origin: Date | null;
}

const sectors = {construction: "Construction", retail_trade: "Retail trade", government: "Government"};
type Methods = Record<string, (history: number[], horizon: number) => number>;
const methods = {
  "last-interval": (history) => history.at(-1)!,
  "seasonal-naive": (history, horizon) => history.at(-12 + ((horizon - 1) % 12))!
} satisfies Methods;

/** Forecasts that follow the trend, beside others that don't: the same month of the year before, and how much the last year grew. */
export const trendMethods: Methods = {
  "seasonal-trend": (history, horizon) =>
    methods["seasonal-naive"](history, horizon) + history.at(-1)! - history.at(-13)!,
  "seasonal-naive": methods["seasonal-naive"]
};

/** Monthly employment, in thousands, without forecasts. */
export function sampleHistory(): SampleRow[] {
  const [head, ...lines] = readFileSync(path, "utf8").trim().split("\n");
  const columns = head!.split(",");
  return Object.entries(sectors).flatMap(([column, sector]) =>
    lines.map((line) => {
      const fields = line.split(",");
      const unknown = {forecast: null, lower: null, upper: null, version: null, horizon: null, origin: null};
      return {
        sector,
        month: new Date(fields[0]!),
        actual: Number(fields[columns.indexOf(column)]),
        ...unknown
      };
    })
  );
}

/** Twelve months of forecasts by each method from each of these months on, three of which have no actual value yet. */
export function sampleForecasts(
  origins = ["2013-12-01", "2014-06-01", "2015-03-01"],
  by: Methods = methods
): SampleRow[] {
  const history = sampleHistory();
  return Object.values(sectors).flatMap((sector) => {
    const rows = history.filter((row) => row.sector === sector);
    return origins.flatMap((origin) => {
      const end = rows.findIndex((row) => +row.month === +new Date(origin)) + 1;
      const values = rows.slice(0, end).map((row) => row.actual!);
      return Object.entries(by).flatMap(([version, method]) =>
        Array.from({length: 12}, (_, i) => {
          const month = new Date(
            Date.UTC(rows[end - 1]!.month.getUTCFullYear(), rows[end - 1]!.month.getUTCMonth() + i + 1)
          );
          const forecast = method(values, i + 1);
          const width = forecast * 0.01 * Math.sqrt(i + 1);
          const actual = rows[end + i]?.actual ?? null;
          return {
            sector,
            month,
            actual,
            forecast,
            lower: forecast - width,
            upper: forecast + width,
            version,
            horizon: i + 1,
            origin: new Date(origin)
          };
        })
      );
    });
  });
}

/** One sector's history before an origin and one version's forecast from it on, as a forecast chart wants them. */
export function sampleSeries(sector: string, version = "seasonal-naive", origin = "2015-03-01"): SampleRow[] {
  const at = +new Date(origin);
  return [
    ...sampleHistory().filter(
      (row) => row.sector === sector && +row.month <= at && +row.month >= Date.UTC(2011, 0)
    ),
    ...sampleForecasts([origin]).filter((row) => row.sector === sector && row.version === version)
  ];
}
