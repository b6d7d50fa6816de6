// What an entry's `summary` says: the groups, and the figures of each.
import type {MeasureName} from "../metrics/index.js";

/** Figures of the values of a column, by the SQL aggregate that gives each. */
export const aggregates = ["sum", "avg", "min", "max", "median"] as const;

/** The name of a figure of a column's values. */
export type SummaryAggregate = (typeof aggregates)[number];

/**
 * A figure of each group. `"count"` is its number of rows; `"wape"` and the others of `ikigai-kit/metrics` are accuracy measures; and
 * `{sum: "employees"}` is a figure of one column, called `sum_employees`.
 */
export type SummaryMeasure =
  "count" | MeasureName | {[Aggregate in SummaryAggregate]: Record<Aggregate, string>}[SummaryAggregate];

/** The figures of groups of a dataset's rows. */
export interface SummaryEntry {
  /** The columns that rows are grouped by. The file has a row for each group, in ascending order, with NULL last. */
  by: string[];
  /** The figures, each a column. */
  measures: SummaryMeasure[];
  /** The column that accuracy measures read as the actual value; `"actual"` if left out. */
  actual?: string;
  /** The column that they read as the forecast; `"forecast"` if left out. */
  forecast?: string;
  /** The column with the lower end of the forecast's interval; `"lower"` if left out. */
  lower?: string;
  /** The column with the upper end of it; `"upper"` if left out. */
  upper?: string;
  /** The column with the forecast that `skill` and `valueAdded` compare with; `"baseline"` if left out. */
  baseline?: string;
  /** What `mase` scales errors by: a column, or one number for all rows; the column `"scale"` if left out. */
  scale?: string | number;
  /** What `rmsse` scales squared errors by: a column, or one number for all rows; the column `"squaredScale"` if left out. */
  squaredScale?: string | number;
  /** The nominal level of the interval as a share, for `intervalScore`: a column, or one number; the column `"level"` if left out. */
  level?: string | number;
  /** The probability of the forecast quantile, for `pinball`: a column, or one number; the column `"probability"` if left out. */
  probability?: string | number;
}

/** What the column of a figure is called. */
export function measureColumn(measure: SummaryMeasure): string {
  if (typeof measure === "string") return measure;
  const [[aggregate, column]] = Object.entries(measure) as [[string, string]];
  return `${aggregate}_${column}`;
}
