// Dates and times as texts of ISO 8601, in UTC, such as JavaScript's Date reads.

/** How many digits a second has, and what strftime calls them. */
export const fractions = {ms: "%g", us: "%f", ns: "%n"};

/** SQL that gives the text of a date. */
export const isoDate = (sql: string, isPlain: boolean) => iso(sql, "-%m-%d", isPlain);

/** SQL that gives the text of a timestamp. */
export const isoTime = (sql: string, isPlain: boolean, unit: keyof typeof fractions) =>
  iso(sql, `-%m-%dT%H:%M:%S.${fractions[unit]}Z`, isPlain);

/**
 * ISO 8601 has four digits for a year, and a sign and six digits for one before the year 0 or after 9999.
 * @param isPlain whether there are no such years, and no infinity
 */
function iso(sql: string, rest: string, isPlain: boolean): string {
  const plain = `strftime(${sql}, '%Y${rest}')`;
  if (isPlain) return plain;
  const year = `printf('%s%06d', CASE WHEN year(${sql}) < 0 THEN '-' ELSE '+' END, abs(year(${sql})))`;
  return (
    `CASE WHEN NOT isfinite(${sql}) THEN ${sql}::VARCHAR WHEN year(${sql}) BETWEEN 0 AND 9999 THEN ${plain} ` +
    `ELSE ${year} || strftime(${sql}, '${rest}') END`
  );
}
