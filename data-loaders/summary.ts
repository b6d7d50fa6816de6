// An entry's `summary` as SQL: figures of groups of a dataset's rows.
import {measureColumn, type SummaryEntry, type SummaryMeasure} from "../lib/config/index.js";
import {measures} from "../lib/metrics/index.js";
import {listedNearest} from "../lib/names/index.js";
import {identifier, identifiers} from "../lib/tabular/quote.js";
import type {ColumnNames} from "../lib/tabular/formats.js";
import {LoadError} from "./error.js";
import {ascending} from "./row-order.js";
import {requireColumns} from "./unknown-column.js";

/**
 * The query over the table `dataset`.
 * @param columns the dataset's
 * @throws LoadError for a column that there isn't, or that a figure can't be computed of
 */
export function summaryQuery(summary: SummaryEntry, columns: ColumnNames): string {
  const {by} = summary;
  requireColumns("summary.by", by, Object.keys(columns));
  const figures = summary.measures.map((measure) => {
    const name = measureColumn(measure);
    checkColumns(measure, summary, columns);
    return `${figure(measure, summary)} AS ${identifier(name)}`;
  });
  return `SELECT ${identifiers(by)}, ${figures.join(", ")} FROM dataset GROUP BY ${identifiers(by)} ORDER BY ${ascending(by)}`;
}

function figure(measure: SummaryMeasure, {by: _by, measures: _measures, ...columns}: SummaryEntry): string {
  if (measure === "count") return "count(*)";
  if (typeof measure === "string") return measures[measure].sql(columns);
  const [aggregate, column] = only(measure);
  return `${aggregate}(${identifier(column)})`;
}

const only = (measure: Exclude<SummaryMeasure, string>) => Object.entries(measure)[0] as [string, string];

/** Figures that texts and times have, too. */
const ofAnything = new Set(["min", "max"]);

function checkColumns(measure: SummaryMeasure, summary: SummaryEntry, columns: ColumnNames): void {
  const numeric = (name: string, figure: string) => {
    const type = columns[name]!;
    if (/^(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|FLOAT|DOUBLE|DECIMAL)/.test(type)) return;
    throw new LoadError(`summary.measures: ${figure} needs numbers, and the column "${name}" is ${type}`);
  };
  if (measure === "count") return;
  if (typeof measure !== "string") {
    const [aggregate, name] = only(measure);
    requireColumns(`summary.measures: {${aggregate}: …}`, [name], Object.keys(columns));
    if (!ofAnything.has(aggregate)) numeric(name, aggregate);
    return;
  }
  for (const role of measures[measure].reads) {
    const name = summary[role] ?? role;
    if (typeof name === "number") continue;
    if (summary[role] === undefined && !Object.hasOwn(columns, name))
      throw new LoadError(
        `summary.measures: ${measure} reads the column "${role}", which doesn't exist; say which it is, as ${role}: "…"; ` +
          `there are ${listedNearest(role, Object.keys(columns))}`
      );
    requireColumns(`summary.${role}`, [name], Object.keys(columns));
    numeric(name, measure);
  }
}
