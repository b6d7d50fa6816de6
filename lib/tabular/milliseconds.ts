// Timestamps of any unit as milliseconds, which JavaScript's dates have. Runs in Node and in pages.

/**
 * The milliseconds since 1970 of a timestamp as Arrow stores it; what is finer is cut towards the past, before 1970 too. Arrow's own
 * numbers are of no use for this: beyond the year 2255 a number has no room for microseconds, and rounds them to another millisecond.
 *
 * @param unit as in Arrow's TimeUnit: 0 for seconds, 1 for milliseconds, 2 for microseconds, 3 for nanoseconds
 */
export function milliseconds(value: bigint, unit: number): bigint {
  if (unit < 2) return unit === 0 ? value * 1000n : value;
  const perMillisecond = unit === 2 ? 1000n : 1_000_000n;
  const rest = value % perMillisecond;
  return (value - rest) / perMillisecond - (rest < 0n ? 1n : 0n);
}
