// All measures by their names, for pages that let a viewer choose one, and as macros for DuckDB.
import {bias, relativeBias} from "./bias.js";
import {coverage} from "./coverage.js";
import {intervalScore, intervalWidth} from "./interval.js";
import {mae} from "./mae.js";
import {mape} from "./mape.js";
import type {Columns} from "./measure-types.js";
import {identifier} from "../tabular/quote.js";
import {mse, rmse} from "./mse.js";
import {pairs} from "./pairs.js";
import {pinball} from "./pinball.js";
import {mase, rmsse} from "./scaled.js";
import {relativeMae, skill, valueAdded} from "./skill.js";
import {smape} from "./smape.js";
import {wape} from "./wape.js";

/** Every measure by its name, for pages that let a viewer choose one. */
export const measures = {
  mape,
  smape,
  wape,
  mae,
  mse,
  rmse,
  mase,
  rmsse,
  bias,
  relativeBias,
  relativeMae,
  skill,
  valueAdded,
  coverage,
  intervalScore,
  intervalWidth,
  pinball,
  pairs
};

/** The name of a measure. */
export type MeasureName = keyof typeof measures;

/** The name of a measure that is a ratio of sums, as all are but the count of pairs. */
export type RatioName = Exclude<MeasureName, "pairs">;

/**
 * Statements that give DuckDB each measure as a function of columns, so that a page's SQL can say `SELECT version,
 * wape(actual, forecast) FROM forecast GROUP BY version`: `database(files, {setup: macros})`.
 */
export const macros = Object.entries(measures).map(([name, measure]) => {
  const parameters = measure.reads.map((role) => `${role}_`);
  const columns: Columns = Object.fromEntries(measure.reads.map((role) => [role, `${role}_`]));
  return `CREATE OR REPLACE MACRO ${identifier(name)}(${parameters.join(", ")}) AS ${measure.sql(columns)}`;
});
