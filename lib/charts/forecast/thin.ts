// Of many rows, those that a chart of some pixels can show.

/** Rows in order of time, as columns: what is drawn of each may be NaN. */
export interface Drawable {
  times: ArrayLike<number>;
  values: readonly ((i: number) => number)[];
}

/**
 * The places of the rows with which a chart of this width looks as it does with all: of each pixel the first and last row, and those
 * with the lowest and highest of each value (M4: Jugel et al., VLDB 2014); where a value is missing, a row that keeps the gap.
 */
export function thin({times, values}: Drawable, width: number): number[] {
  const pixels = Math.max(1, Math.floor(width));
  const count = times.length;
  if (count <= 8 * pixels) return Array.from({length: count}, (_, i) => i);
  const [first, last] = [times[0]!, times[count - 1]!];
  const pixelOf = (i: number) =>
    Math.min(pixels - 1, Math.floor((pixels * (times[i]! - first)) / (last - first)));
  const kept: number[] = [];
  for (let start = 0; start < count;) {
    const pixel = pixelOf(start);
    let end = start + 1;
    while (end < count && pixelOf(end) === pixel) end++;
    kept.push(...telling(values, start, end));
    start = end;
  }
  return kept;
}

/** The places, in order, of the rows that can be seen of one pixel's. */
function telling(values: Drawable["values"], start: number, end: number): number[] {
  const places = new Set([start, end - 1]);
  for (const value of values) {
    let [low, high, first, last, gap] = [-1, -1, -1, -1, -1];
    let [least, most] = [Infinity, -Infinity];
    for (let i = start; i < end; i++) {
      const v = value(i);
      if (isNaN(v)) gap = i;
      else {
        if (first < 0) first = i;
        last = i;
        if (low < 0 || v < least) [low, least] = [i, v];
        if (high < 0 || v > most) [high, most] = [i, v];
      }
    }
    for (const i of first < 0 ? [] : [low, high, first, last, gap]) if (i >= 0) places.add(i);
  }
  return [...places].sort((a, b) => a - b);
}
