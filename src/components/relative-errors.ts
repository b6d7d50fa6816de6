// Errors of series in units of their own, such as °C and mm, on one scale.

interface SeriesError {
  series: string;
  version: string;
  error: number | null;
}

/** Each error as a share of that by the version `from` of the same series. A series of which that has no error, or none but zero, isn't in it. */
export function relativeErrors<R extends SeriesError>(rows: readonly R[], from: string): R[] {
  const of = new Map(rows.filter(({version}) => version === from).map(({series, error}) => [series, error]));
  return rows.flatMap((row) => {
    const base = of.get(row.series);
    return base && row.error !== null ? [{...row, error: row.error / base}] : [];
  });
}
