// PREDICT: learns a column from the others by a linear model, or applies what a version has learned.
import {exactMean, exactSum} from "../exact-sum.js";
import {FacetError} from "../failure.js";
import {chooseFeatures, type Feature, featureSql, numberSql} from "../models/features.js";
import {lasso, type LinearModel, ridge} from "../models/linear-fit.js";
import {type Moments, momentsOf} from "../models/moments.js";
import {type ModelSettings, readModel} from "../models/settings.js";
import {identifier, identifiers} from "../../../tabular/quote.js";
import {freshName} from "../fresh-name.js";
import {rowOrder} from "../row-order.js";
import {only, type Step} from "../step.js";
import {asNumber, type Column, columnNames, columnOf, kindOf, refuseTaken, type Table} from "../table.js";

/** What a version keeps. */
interface Learned {
  target: string;
  features: Feature[];
  intercept: number;
  weights: number[];
}

/** One row in so many is held out to judge by. */
const heldOut = 5;
const leastRows = 10;

/**
 * Adds a column `<target>_prediction`. A version that has learned is applied as it is; any other name learns, from four
 * fifths of the rows that have a target, chosen by a hash of their number, and is judged by the other fifth.
 */
export async function predict(step: Step): Promise<string> {
  const settings = await readModel(step, "Linear");
  const table = only(step);
  const learned = (settings.learned as Learned | undefined) ?? (await learn(step, settings, table));
  const output = `${learned.target}_prediction`;
  refuseTaken(table.columns, [output]);
  return `SELECT ${identifiers(columnNames(table))}, ${predictionOf(learned, table)} AS ${identifier(output)} FROM ${identifier(table.name)}`;
}

function predictionOf({features, intercept, weights}: Learned, table: Table): string {
  const terms = features.flatMap((feature, i) =>
    weights[i] === 0 ? [] : [`${numberSql(weights[i]!)} * ${featureSql(feature, table)}`]
  );
  return [numberSql(intercept), ...terms].join(" + ");
}

async function learn(step: Step, settings: ModelSettings, table: Table): Promise<Learned> {
  const {database} = step;
  const target = columnOf(table, settings.parameters.text("target_column"));
  if (kindOf(target.type) !== "number") {
    throw new FacetError(
      `column '${target.name}' holds no numbers (its type is ${target.type}), and linear models here predict numbers`
    );
  }
  const {from, test} = await split(step, table, target);
  const training = `${identifier(target.name)} IS NOT NULL AND NOT ${test}`;
  const features = await chooseFeatures(step, table, target, from, training);
  const columns = [...features.map((feature) => featureSql(feature, table)), `${asNumber(target)}::DOUBLE`];
  const moments = momentsOf(columns.length);
  await database.eachRow(`SELECT ${columns.join(", ")} FROM ${from} WHERE ${training}`, moments.add);
  const {intercept, weights} = fit(settings, moments);
  const learned: Learned = {target: target.name, features, intercept, weights: [...weights]};
  step.result.modelVersions.push({
    facetId: step.facetId,
    modelName: settings.model.name,
    version: settings.version,
    hyperparameters: settings.hyperparameterValues,
    metrics: {
      feature_importance: {linear_base: importance(learned, moments)},
      performance: await performance(step, learned, table, target, from, test)
    },
    state: {...learned}
  });
  return learned;
}

/** The rows with a mark of those that are held out: of the rows with a target, the fifth whose numbers hash lowest. */
async function split(step: Step, table: Table, target: Column): Promise<{from: string; test: string}> {
  const {from, row} = await rowOrder(step, table);
  const name = identifier(target.name);
  const [counted] = await step.database.rows(`SELECT count(${name}) FROM ${from}`);
  const rows = Number(counted![0]);
  if (rows < leastRows) {
    throw new FacetError(
      `${rows} rows have a '${target.name}', and ${leastRows} are the least to learn from: add rows`
    );
  }
  const test = identifier(freshName("test", columnNames(table)));
  const order = identifier(freshName("order", columnNames(table)));
  const marked =
    `SELECT *, ${row} AS ${order}, ${name} IS NOT NULL AND row_number() OVER (` +
    `ORDER BY ${name} IS NULL, hash(${row}, 42), ${row}) <= ${Math.round(rows / heldOut)} AS ${test} FROM ${from}`;
  return {from: `(FROM (${marked}) ORDER BY ${order})`, test};
}

function fit({model, hyperparameters}: ModelSettings, moments: Moments): LinearModel {
  const fitIntercept = hyperparameters.flag("fit_intercept");
  const alpha = hyperparameters.optionalNumber("alpha") ?? 0;
  if (alpha < 0) throw new FacetError(`hyperparameter 'alpha' is ${alpha}: give 0 or more`);
  if (model.subModelType.toLowerCase() !== "lasso") return ridge(moments, alpha, fitIntercept);
  const rounds = hyperparameters.count("max_iter");
  return lasso(moments, {alpha, tolerance: hyperparameters.number("tol"), rounds}, fitIntercept);
}

/** How much each column moves the prediction: Σ|weight|·deviation over its features, as a share of all columns'. */
function importance({features, weights}: Learned, {products, n}: Moments): Record<string, number> {
  const moves = features.map((feature, i) => ({
    column: feature.column,
    size: Math.abs(weights[i]!) * Math.sqrt(products[i]![i]! / n)
  }));
  const all = moves.reduce((sum, {size}) => sum + size, 0);
  const shares = new Map<string, number>();
  for (const {column, size} of moves)
    shares.set(column, (shares.get(column) ?? 0) + (all > 0 ? size / all : 0));
  return Object.fromEntries(shares);
}

/** Named and signed as scikit-learn's scorers: more is better, so that errors are negative. */
async function performance(
  step: Step,
  learned: Learned,
  table: Table,
  target: Column,
  from: string,
  test: string
) {
  const scores: Record<string, Record<string, number>> = {};
  for (const [name, condition] of [
    ["average_train", `NOT ${test}`],
    ["average_test", test]
  ] as const) {
    const actual = `${identifier(target.name)}::DOUBLE`;
    const scored = `SELECT ${actual} AS y, ${predictionOf(learned, table)} AS p FROM ${from} WHERE ${condition} AND ${identifier(target.name)} IS NOT NULL`;
    const [row] = await step.database.rows(
      `SELECT ${exactMean("abs(y - p)")}, ${exactMean("((y - p) ** 2)")}, ` +
        `(1 - (${exactSum("((y - p) ** 2)")}) / nullif(${exactSum("((y - m) ** 2)")}, 0)) ` +
        `FROM (${scored}), (SELECT ${exactMean("y")} AS m FROM (${scored}))`
    );
    const [mae, mse, r2] = row!.map((value) => (value === null ? undefined : Number(value)));
    const put = (measure: string, value: number | undefined) => {
      if (value !== undefined) scores[measure] = {...scores[measure], [name]: value};
    };
    put("r2", r2);
    put("neg_mean_absolute_error", mae === undefined ? undefined : -mae);
    put("neg_mean_squared_error", mse === undefined ? undefined : -mse);
  }
  return scores;
}
