// The columns that a model learns from, as numbers: numbers as they are, times in days, categories as one column a value.
import {exactMean} from "../exact-sum.js";
import {FacetError} from "../failure.js";
import {identifier, literal} from "../../../tabular/quote.js";
import type {Step} from "../step.js";
import {asTime, type Column, columnOf, kindOf, type Table} from "../table.js";

/** One number a row. Plain JSON: a version keeps it. */
export type Feature =
  | {kind: "number" | "time"; column: string; /** Stands in for a missing value. */ mean: number}
  | {kind: "category"; column: string; value: string};

/** Text with more different values than this is no category. */
const maxCategories = 50;
const maxFeatures = 500;

/**
 * The features of a table's columns other than the target. Of each category's values the first is left out: it is what
 * the others differ from. `training` is a condition for the rows that may be looked at.
 */
export async function chooseFeatures(
  step: Step,
  table: Table,
  target: Column,
  from: string,
  training: string
): Promise<Feature[]> {
  const features: Feature[] = [];
  for (const column of table.columns.filter((each) => each !== target)) {
    if (kindOf(column.type) === "number" || kindOf(column.type) === "time") {
      const value = numberOf(column);
      const [row] = await step.database.rows(`SELECT ${exactMean(value)} FROM ${from} WHERE ${training}`);
      if (row![0] !== null)
        features.push({
          kind: kindOf(column.type) as "number" | "time",
          column: column.name,
          mean: Number(row![0])
        });
    } else {
      features.push(...(await categories(step, column, from, training)));
    }
  }
  if (features.length === 0)
    throw new FacetError("no column is left to learn from: add numbers, times or categories");
  if (features.length > maxFeatures) {
    throw new FacetError(
      `the columns make ${features.length} features, and ${maxFeatures} are the most: SELECT fewer columns`
    );
  }
  return features;
}

async function categories(step: Step, column: Column, from: string, training: string): Promise<Feature[]> {
  const name = identifier(column.name);
  const values = await step.database.rows(
    `SELECT ${name}::VARCHAR FROM ${from} WHERE ${training} AND ${name} IS NOT NULL GROUP BY ${name} ` +
      `ORDER BY ${name} LIMIT ${maxCategories + 1}`
  );
  if (values.length > maxCategories) {
    step.note(
      `column '${column.name}' has more than ${maxCategories} different values and was not learned from`
    );
    return [];
  }
  return values.slice(1).map(([value]) => ({kind: "category", column: column.name, value: value!}));
}

/** A feature as SQL, for a table that has its column. */
export function featureSql(feature: Feature, table: Table): string {
  const column = columnOf(table, feature.column);
  if (feature.kind === "category") {
    return `(${identifier(column.name)}::VARCHAR IS NOT DISTINCT FROM ${literal(feature.value)})::INTEGER::DOUBLE`;
  }
  if (kindOf(column.type) !== feature.kind) {
    throw new FacetError(
      `column '${column.name}' was a ${feature.kind} when the model learned and is ${column.type} now: CONVERT it first`
    );
  }
  return `coalesce(${numberOf(column)}, ${numberSql(feature.mean)})`;
}

const numberOf = (column: Column) =>
  kindOf(column.type) === "time"
    ? `(epoch(${asTime(column)}::TIMESTAMP) / 86400)`
    : `${identifier(column.name)}::DOUBLE`;

/** A double as SQL that gives the same double. */
export const numberSql = (value: number) => `'${value}'::DOUBLE`;
