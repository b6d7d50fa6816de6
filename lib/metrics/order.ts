// The order of SQL's ORDER BY … NULLS LAST, for numbers, texts and dates.

export function ascending(a: unknown, b: unknown): number {
  if (a == null || b == null) return Number(a == null) - Number(b == null);
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}
