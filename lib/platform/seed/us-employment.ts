// The app "US employment": jobs by sector, monthly, seasonally adjusted, from the Bureau of Labor Statistics.
import {readFileSync} from "node:fs";
import {ets, lastInterval, movingAverage, mstl} from "../forecast/index.js";
import {withMonthsAfter} from "./calendar.js";
import {type Contest, contend, type Tick, ticks} from "./contest.js";
import {columns, toCsv} from "./csv.js";
import {
  exported,
  flow,
  forecast,
  horizonVariable,
  imported,
  modelOf,
  since,
  sinceVariable,
  upToHorizon
} from "./flow.js";
import {outlookRows} from "./outlook.js";
import {category, integer, numeric, time} from "./column-types.js";
import {demoAppNames} from "./names.js";
import type {SeedApp} from "./types.js";
import {dataFile} from "./data-file.js";

/**
 * The file's columns by the bureau's names, from the whole to its parts. Some contain others: total nonfarm is private and
 * government, goods-producing is mining, construction and manufacturing, and so on. The file's last column,
 * `nonfarm_change`, is the month's change of the first, and no sector.
 */
const sectors = new Map([
  ["nonfarm", "Total nonfarm"],
  ["private", "Total private"],
  ["goods_producing", "Goods-producing"],
  ["service_providing", "Service-providing"],
  ["private_service_providing", "Private service-providing"],
  ["mining_and_logging", "Mining and logging"],
  ["construction", "Construction"],
  ["manufacturing", "Manufacturing"],
  ["durable_goods", "Durable goods"],
  ["nondurable_goods", "Nondurable goods"],
  ["trade_transportation_utilties", "Trade, transportation, and utilities"],
  ["wholesale_trade", "Wholesale trade"],
  ["retail_trade", "Retail trade"],
  ["transportation_and_warehousing", "Transportation and warehousing"],
  ["utilities", "Utilities"],
  ["information", "Information"],
  ["financial_activities", "Financial activities"],
  ["professional_and_business_services", "Professional and business services"],
  ["education_and_health_services", "Education and health services"],
  ["leisure_and_hospitality", "Leisure and hospitality"],
  ["other_services", "Other services"],
  ["government", "Government"]
]);

const horizon = 12;
/** The farthest that the flow looks ahead; a run may ask for less. */
const farthest = 24;

export function usEmployment() {
  const file = columns(readFileSync(dataFile("us-employment.csv"), "utf8"));
  const months = file.get("month")!;
  const contest: Contest = {
    series: new Map(
      Array.from(sectors, ([column, name]) => [name, Float64Array.from(file.get(column)!, Number)])
    ),
    dates: withMonthsAfter(months, horizon),
    horizon,
    // Every other month of two years.
    origins: {count: 12, step: 2},
    confidence: 0.9,
    decimals: 1,
    nonnegative: true,
    // Sectors differ a hundredfold in size, so their errors compare as shares.
    metric: "weighted_mean_absolute_percentage_error",
    percent: true,
    versions: [
      {version: "last-interval", method: lastInterval(), modelsToInclude: ["Last_Interval"]},
      {
        version: "moving-average",
        method: movingAverage({window: 3}),
        modelsToInclude: ["Sma"],
        settings: {window: 3}
      },
      {version: "ets", method: ets(), modelsToInclude: ["Additive"]},
      {
        version: "mstl",
        method: mstl({seasons: [12]}),
        modelsToInclude: ["Additive"],
        settings: {season_lengths: [12]}
      }
    ]
  };
  return {ticks: ticks(contest), build: (tick: Tick) => build(contest, months, tick)};
}

async function build(contest: Contest, months: string[], tick: Tick): Promise<SeedApp> {
  const result = await contend(contest, (label) => tick(`US employment, ${label}`));
  const {versions, rows} = result;
  const history = Array.from(contest.series, ([sector, values]) =>
    months.map((month, t) => [sector, month, values[t]])
  );
  return {
    name: demoAppNames[0],
    description: "Jobs by sector in the United States, monthly, in thousands and seasonally adjusted (BLS).",
    datasets: [
      {
        name: "Employment history",
        directory: "[INPUT]",
        csv: toCsv(["sector", "month", "employees"], history.flat()),
        dataTypes: {sector: category, month: time, employees: numeric}
      },
      {
        name: "Employment forecast",
        directory: "[OUTPUT]",
        csv: toCsv(
          ["sector", "month", "actual", "forecast", "lower", "upper", "version", "horizon", "origin"],
          rows
        ),
        dataTypes: {
          sector: category,
          month: time,
          actual: numeric,
          forecast: numeric,
          lower: numeric,
          upper: numeric,
          version: category,
          horizon: integer,
          origin: time
        }
      },
      {
        name: "Employment outlook",
        directory: "[OUTPUT]",
        csv: toCsv(
          ["sector", "month", "employees", "forecast", "lower", "upper", "model"],
          outlookRows(contest, result)
        ),
        dataTypes: {
          sector: category,
          month: time,
          employees: numeric,
          forecast: numeric,
          lower: numeric,
          upper: numeric,
          model: category
        }
      }
    ],
    models: [
      {
        name: "Employment aiCast",
        modelType: "Ai Cast",
        subModelType: "Base",
        description: `Jobs by sector for ${horizon} months, in thousands. The metrics are those of ${contest.origins.count} forecasts made every ${contest.origins.step} months, pooled over sectors, some of which contain others.`,
        versions
      },
      modelOf("Re-forecast employment")
    ],
    flows: [
      flow(
        "Re-forecast employment",
        [
          imported("Employment history"),
          since("month", "2006-01-01"),
          forecast({
            time: "month",
            identifiers: ["sector"],
            value: "employees",
            nonnegative: contest.nonnegative,
            confidence: contest.confidence,
            horizon: farthest,
            metric: contest.metric
          }),
          ...upToHorizon("month", horizon, "month"),
          exported("Employment outlook")
        ],
        {...horizonVariable, ...sinceVariable}
      ),
      flow(
        "Employment since",
        [imported("Employment history"), since("month", "2010-01-01"), exported("Recent employment")],
        sinceVariable
      )
    ]
  };
}
