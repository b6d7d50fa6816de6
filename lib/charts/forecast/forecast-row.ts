// A row of a forecast chart.

/** The ends of an interval: infinite where it is open, NaN where there is none. */
export interface Interval {
  lower: number;
  upper: number;
}

/** One time of one series; unknown values are NaN. A row without any value is a gap. */
export interface ForecastRow {
  time: Date;
  series: string;
  actual: number;
  forecast: number;
  /** One for each of the chart's levels, from the widest. */
  intervals: readonly Interval[];
}

/** The rows of each series. */
export function bySeries<R extends {series: string}>(rows: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(row.series);
    if (group) group.push(row);
    else groups.set(row.series, [row]);
  }
  return groups;
}
