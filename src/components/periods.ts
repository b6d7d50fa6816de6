// Months as they are, or their means by quarter and year, in SQL.

export type Granularity = "month" | "quarter" | "year";

export const granularities: Granularity[] = ["month", "quarter", "year"];

const months: Record<Granularity, number> = {month: 1, quarter: 3, year: 12};

/** A row of an answer. `forecast`, `lower` and `upper` are null in the rows before the forecasts, whose `version` is null. */
export interface PeriodRow {
  month: Date;
  actual: number | null;
  forecast: number | null;
  lower: number | null;
  upper: number | null;
  version: string | null;
  /** How many months of the period there are. */
  months: number;
}

/**
 * The actual values up to an origin, and each version's forecasts of as many months as `horizon`: the parameters are the sector, the
 * origin and the horizon. Tables: `history` (sector, month, employees) and `forecast`.
 *
 * Values are means: jobs are a stock, not a flow that would be summed up. A period that has begun at the origin joins the months
 * known then with the forecasts of the others. The bounds are the means of the months' bounds: as if their errors moved together,
 * so that the interval is too wide rather than too narrow.
 */
export const periodSql = (granularity: Granularity) => {
  const period = `date_trunc('${granularity}', month)::TIMESTAMP`;
  return `WITH asked AS (SELECT ? AS sector, ?::TIMESTAMP AS origin, ?::INTEGER AS horizon),
    known AS (SELECT month, employees AS actual, ${period} AS period FROM history WHERE sector = (SELECT sector FROM asked)),
    made AS (
      SELECT month, version, forecast, lower, upper, ${period} AS period FROM forecast
      WHERE sector = (SELECT sector FROM asked) AND origin = (SELECT origin FROM asked) AND horizon <= (SELECT horizon FROM asked)
    ),
    periods AS (SELECT period, avg(actual) AS actual, count(*) AS months, max(month) AS last FROM known GROUP BY period),
    joined AS (
      SELECT version, period, forecast, lower, upper FROM made
      UNION ALL
      SELECT version, period, actual, actual, actual FROM known, (SELECT DISTINCT version FROM made)
      WHERE month <= (SELECT origin FROM asked) AND period IN (SELECT period FROM made)
    )
    SELECT period AS month, actual, NULL AS forecast, NULL AS lower, NULL AS upper, NULL AS version, months
    FROM periods WHERE last <= (SELECT origin FROM asked) AND period NOT IN (SELECT period FROM made)
    UNION ALL
    SELECT period, CASE WHEN periods.months = ${months[granularity]} THEN any_value(actual) END, avg(forecast), avg(lower), avg(upper),
      version, count(*)
    FROM joined LEFT JOIN periods USING (period) GROUP BY version, period, periods.months
    ORDER BY version NULLS FIRST, month`;
};

/** The rows of whole periods, and those of the others, which would mislead: of a year that ends in May, say. */
export function wholePeriods<Row extends {months: number}>(rows: Row[], granularity: Granularity) {
  const isWhole = ({months: there}: Row) => there === months[granularity];
  return {whole: rows.filter(isWhole), partial: rows.filter((row) => !isWhole(row))};
}

/** "2015" or "Q2 2014". */
export const periodName = (time: Date, granularity: Granularity) =>
  granularity === "year"
    ? String(time.getUTCFullYear())
    : `Q${Math.floor(time.getUTCMonth() / 3) + 1} ${time.getUTCFullYear()}`;

/** Says what the periods are means of, and which are left out since they have but a part of their months. */
export function periodNote(partial: PeriodRow[], granularity: Granularity): string {
  if (granularity === "month") return "";
  const left = new Map(partial.map(({month, months}) => [periodName(month, granularity), months]));
  const named = Array.from(left, ([name, n]) => `${name} (${n} of ${months[granularity]} months)`);
  return (
    `Means of the ${granularity}’s months; the one that holds the origin joins months known then with forecasts.` +
    (named.length ? ` Left out as partial: ${named.join(", ")}.` : "")
  );
}
