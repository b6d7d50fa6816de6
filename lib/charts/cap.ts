// Values beyond a cap stand at the cap, so that one outlier doesn't flatten the others.

/** The cap of these values: the one that is given; or for "auto", one above the values that are like the others. */
export function capOf(values: number[], cap: number | "auto" | undefined): number {
  if (cap === undefined) return Infinity;
  if (cap !== "auto") {
    if (!(cap > 0)) throw new RangeError(`The cap is ${cap}: give it a number above zero, or "auto"`);
    return cap;
  }
  const sizes = values
    .filter(Number.isFinite)
    .map(Math.abs)
    .sort((a, b) => a - b);
  // From the middle up, the first value that is more than four times as large as the one before it is an outlier.
  for (let i = Math.floor(sizes.length / 2); i + 1 < sizes.length; ++i)
    if (sizes[i]! > 0 && sizes[i + 1]! > 4 * sizes[i]!) return sizes[i]! * 1.25;
  return Infinity;
}

/** Where a value is drawn. */
export const drawnAt = (value: number, cap: number) =>
  isNaN(value) ? value : Math.min(cap, Math.max(-cap, value));
