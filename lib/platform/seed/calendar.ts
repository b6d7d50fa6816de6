// Dates as the datasets spell them: "2015-12-31".

const iso = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** `dates`, and the first days of the `count` months after. */
export function withMonthsAfter(dates: string[], count: number): string[] {
  const last = new Date(dates.at(-1)!);
  const after = Array.from({length: count}, (_, i) =>
    iso(last.getUTCFullYear(), last.getUTCMonth() + 1 + i, 1)
  );
  return [...dates, ...after];
}

/** `dates`, and the `count` days after. */
export function withDaysAfter(dates: string[], count: number): string[] {
  const last = new Date(dates.at(-1)!);
  const after = Array.from({length: count}, (_, i) =>
    iso(last.getUTCFullYear(), last.getUTCMonth(), last.getUTCDate() + 1 + i)
  );
  return [...dates, ...after];
}
