// The app "Seattle weather": daily weather of 2012–2015 from the National Oceanic and Atmospheric Administration.
import {readFileSync} from "node:fs";
import {croston, ets, lastInterval, movingAverage, mstl, seasonalNaive} from "../forecast/index.js";
import {withDaysAfter} from "./calendar.js";
import {category, integer, numeric, time} from "./column-types.js";
import {type Contender, type Contest, contend, type Tick, ticks} from "./contest.js";
import {columns, toCsv, type Cell} from "./csv.js";
import {exported, flow, forecast, horizonVariable, imported, modelOf, upToHorizon} from "./flow.js";
import {outlookRows} from "./outlook.js";
import {demoAppNames} from "./names.js";
import type {SeedApp, SeedModel} from "./types.js";
import {dataFile} from "./data-file.js";

const horizon = 28;
/** The farthest that the flow looks ahead; a run may ask for less. */
const farthest = 56;
/** Days. The data's one leap day moves the calendar by a day, which a season of weather doesn't notice. */
const year = 365;

const naive: Contender = {
  version: "last-interval",
  method: lastInterval(),
  modelsToInclude: ["Last_Interval"]
};
const average = (window: number): Contender => ({
  version: "moving-average",
  method: movingAverage({window}),
  modelsToInclude: ["Sma"],
  settings: {window}
});
const lastYear: Contender = {
  version: "seasonal-naive",
  method: seasonalNaive({season: year}),
  modelsToInclude: ["Last_Interval"],
  settings: {season_length: year}
};
const smoothing: Contender = {version: "ets", method: ets(), modelsToInclude: ["Additive"]};
const seasons: Contender = {
  version: "mstl",
  method: mstl({seasons: [year]}),
  modelsToInclude: ["Additive"],
  settings: {season_lengths: [year]}
};
const intermittent: Contender = {
  version: "croston",
  method: croston({smoothing: 0.1}),
  modelsToInclude: ["Croston"],
  settings: {smoothing: 0.1}
};

/** One model a unit of measurement: an error averaged over °C and millimetres would mean nothing. */
const models = [
  {
    name: "Temperature aiCast",
    measures: ["temp_max", "temp_min"],
    nonnegative: false,
    // Celsius has an arbitrary zero, and temperatures cross it: a percentage of one means nothing.
    percent: false,
    metric: "mean_absolute_error",
    versions: [naive, lastYear, average(7), seasons],
    about: "the day's highest and lowest temperature, in °C"
  },
  {
    name: "Wind aiCast",
    measures: ["wind"],
    nonnegative: true,
    percent: true,
    metric: "weighted_mean_absolute_percentage_error",
    versions: [naive, average(14), smoothing],
    about: "the day's wind speed"
  },
  {
    name: "Precipitation aiCast",
    measures: ["precipitation"],
    nonnegative: true,
    percent: true,
    // Most days are dry, and a forecast for those has no percentage error of its own.
    metric: "weighted_mean_absolute_percentage_error",
    versions: [naive, average(28), intermittent],
    about: "the day's precipitation, in mm"
  }
];

export function seattleWeather() {
  const file = columns(readFileSync(dataFile("seattle-weather.csv"), "utf8"));
  const contests = models.map((model): Contest => ({
    ...model,
    series: new Map(model.measures.map((name) => [name, Float64Array.from(file.get(name)!, Number)])),
    dates: withDaysAfter(file.get("date")!, horizon),
    horizon,
    // Each day of the last year is forecast once.
    origins: {count: 13, step: horizon},
    confidence: 0.9,
    decimals: 1
  }));
  return {
    ticks: contests.map(ticks).reduce((a, b) => a + b),
    build: (tick: Tick) => build(contests, tick)
  };
}

async function build(contests: Contest[], tick: Tick): Promise<SeedApp> {
  const rows = [];
  const seeded: SeedModel[] = [];
  let outlook: Cell[][] = [];
  for (const [i, contest] of contests.entries()) {
    const {name, about} = models[i]!;
    const result = await contend(contest, (label) => tick(`Seattle weather, ${label}`));
    rows.push(...result.rows);
    outlook = [...outlook, ...outlookRows(contest, result)];
    seeded.push({
      name,
      modelType: "Ai Cast",
      subModelType: "Base",
      description: `Forecasts of ${about}, for ${horizon} days. The metrics are those of ${contest.origins.count} forecasts made every ${contest.origins.step} days.`,
      versions: result.versions
    });
  }
  return {
    name: demoAppNames[1],
    description: "Daily weather of Seattle, 2012 to 2015 (NOAA).",
    datasets: [
      {
        name: "Weather history",
        directory: "[INPUT]",
        csv: {path: dataFile("seattle-weather.csv")},
        dataTypes: {
          date: time,
          precipitation: numeric,
          temp_max: numeric,
          temp_min: numeric,
          wind: numeric,
          weather: category
        }
      },
      {
        name: "Weather forecast",
        directory: "[OUTPUT]",
        csv: toCsv(
          ["measure", "date", "actual", "forecast", "lower", "upper", "version", "horizon", "origin"],
          rows
        ),
        dataTypes: {
          measure: category,
          date: time,
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
        name: "Temperature outlook",
        directory: "[OUTPUT]",
        csv: toCsv(
          ["date", "temp_max", "forecast", "lower", "upper", "model"],
          outlook.filter(([measure]) => measure === "temp_max").map(([, ...row]) => row)
        ),
        dataTypes: {
          date: time,
          temp_max: numeric,
          forecast: numeric,
          lower: numeric,
          upper: numeric,
          model: category
        }
      }
    ],
    models: [...seeded, modelOf("Re-forecast temperature")],
    flows: [
      flow(
        "Re-forecast temperature",
        [
          imported("Weather history"),
          forecast({
            time: "date",
            identifiers: [],
            value: "temp_max",
            nonnegative: false,
            confidence: 0.9,
            horizon: farthest,
            metric: "mean_absolute_error"
          }),
          ...upToHorizon("date", horizon, "day"),
          exported("Temperature outlook")
        ],
        horizonVariable
      )
    ]
  };
}
