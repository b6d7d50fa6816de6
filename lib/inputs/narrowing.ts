// Which series are left by the chosen values, and how many would be left by each other value.
import {noValue, type Describing} from "./series-of.js";

/** No choice in a column: it leaves every series. */
export const all = -1;

/** How many series each value of a column would leave, and how many any would. */
export interface Counts {
  byValue: Uint32Array;
  any: number;
}

/**
 * Choices in the columns that describe series. A column leaves the series that have its value, or all of them; together they leave only the
 * series that each of them leaves. At least one series is always left: a choice that would leave none clears the other choices.
 */
export class Narrowing {
  readonly #columns: readonly Describing[];
  readonly #size: number;
  readonly #chosen: number[];

  /** @param size how many series there are */
  constructor(columns: readonly Describing[], size: number) {
    this.#columns = columns;
    this.#size = size;
    this.#chosen = columns.map(() => all);
  }

  /** What is chosen in a column: the place of a value, or `all`. */
  chosenIn(column: number): number {
    return this.#chosen[column]!;
  }

  choose(column: number, value: number): void {
    this.#chosen[column] = value;
    if (this.left()?.length === 0) this.#chosen.fill(all).splice(column, 1, value);
  }

  /** Clears each choice that doesn't leave this series. */
  include(series: number): void {
    for (const [i, {codes}] of this.#columns.entries())
      if (this.#chosen[i] !== codes[series]) this.#chosen[i] = all;
  }

  /** The places of the series that are left, in their order; undefined where nothing is chosen, and all are. */
  left(): Uint32Array | undefined {
    if (this.#chosen.every((value) => value === all)) return undefined;
    const places: number[] = [];
    for (let series = 0; series < this.#size; ++series)
      if (this.#misses(series, 1) === 0) places.push(series);
    return Uint32Array.from(places);
  }

  /** For each column, beside what is chosen in the others. */
  counts(): Counts[] {
    const counts = this.#columns.map(({values}) => ({byValue: new Uint32Array(values.length), any: 0}));
    for (let series = 0; series < this.#size; ++series) {
      const misses = this.#misses(series, 2);
      if (misses > 1) continue;
      for (const [i, {codes}] of this.#columns.entries()) {
        // Left by all, or by all but this column.
        if (misses === 1 && !this.#excludes(i, series)) continue;
        const code = codes[series]!;
        if (code !== noValue) counts[i]!.byValue[code]!++;
        counts[i]!.any++;
      }
    }
    return counts;
  }

  /** How many columns exclude the series; counting ends at `most`. */
  #misses(series: number, most: number): number {
    let misses = 0;
    for (let i = 0; i < this.#columns.length && misses < most; ++i) if (this.#excludes(i, series)) ++misses;
    return misses;
  }

  #excludes(column: number, series: number): boolean {
    const chosen = this.#chosen[column]!;
    return chosen !== all && chosen !== this.#columns[column]!.codes[series];
  }
}
