// What the page on accuracy asks of DuckDB to compare versions with one another and with naive forecasts. What is pooled leaves out
// sectors that contain others.
import {
  baselineSql,
  pairedSumsSql,
  timeSumsSql,
  trackingSql,
  type RatioName,
  type Resampling
} from "npm:ikigai-kit/metrics";
import {arePartsSql} from "./sectors.js";

/** Forecasts reach 12 months ahead, so errors of months as far apart as that go together. */
export const resampling: Resampling = {block: 12};

/** What can be shown of the bias. */
export const biasViews = new Map([
  ["bias", "Bias"],
  ["cumulative", "Cumulative bias"],
  ["signal", "Tracking signal"]
]);

/** The naive forecasts, with the months after which each repeats. */
export const naiveSeasons = new Map([
  ["naive", 1],
  ["seasonal naive", 12]
]);

/** The sums of the forecasts that each version and `against` both have, by month. */
export const pairsSql = ({measure, against}: {measure: RatioName; against: string}) =>
  of(pool(), pairedSumsSql("pool", {against, time: "month", by: ["sector", "origin", "horizon"], measure}));

/** The bias of each version, by month. */
export const biasSql = of(pool(), trackingSql("pool", {by: ["version"], time: "month"}));

/** The sums by month of what forecasts add over naive ones; with `version` of that alone. */
export const addedSql = ({by, season, version}: {by: string; season: number; version?: string | null}) =>
  of(
    `${pool(version)}, based AS (${baselineSql("pool", "history", {series: ["sector"], time: "month", actual: "employees", season})})`,
    timeSumsSql("based", {by: [by], time: "month", measure: "valueAdded"})
  );

function pool(version?: string | null): string {
  const isVersion = version == null ? "" : ` AND version = '${version.replaceAll("'", "''")}'`;
  return `pool AS (FROM forecast WHERE ${arePartsSql}${isVersion})`;
}

function of(tables: string, sql: string): string {
  return `WITH ${tables} FROM (${sql})`;
}
