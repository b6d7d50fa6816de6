// Which rows an error is about that finds two where there should be one.

/** "rows 1 and 25", of places that count from 0. */
export const twoRows = (first: number, second: number): string => `rows ${first + 1} and ${second + 1}`;

/** The first two places with the same key; undefined is no key. */
export function firstTwice(
  length: number,
  keyOf: (place: number) => string | number | undefined
): [number, number] | undefined {
  const seen = new Map<string | number, number>();
  for (let i = 0; i < length; ++i) {
    const key = keyOf(i);
    if (key === undefined) continue;
    const before = seen.get(key);
    if (before !== undefined) return [before, i];
    seen.set(key, i);
  }
  return undefined;
}
