// Which of its names a field offers, and what it says of how many were found.

const count = new Intl.NumberFormat("en-US");

export class Offer {
  /** The places of the names that are offered, in order. */
  readonly places: Uint32Array;
  readonly #size: number;
  /** By place, 1 for a name that is offered; undefined where all are. */
  readonly #isOffered: Uint8Array | undefined;

  /**
   * @param size how many names there are
   * @param places of those that are offered; all of them if left out
   */
  constructor(size: number, places?: Uint32Array) {
    this.#size = size;
    this.places = places ?? Uint32Array.from({length: size}, (_, place) => place);
    if (!places) return;
    this.#isOffered = new Uint8Array(size);
    for (const place of places) this.#isOffered[place] = 1;
  }

  /** Those of these places that are offered. */
  among(places: Uint32Array): Uint32Array {
    return this.#isOffered ? places.filter((place) => this.#isOffered![place]) : places;
  }

  /** The nearest place before or after one whose name is offered; undefined where there is none. */
  beside(place: number, by: -1 | 1): number | undefined {
    if (place < 0) return undefined;
    for (let at = place + by; at >= 0 && at < this.#size; at += by)
      if (!this.#isOffered || this.#isOffered[at]) return at;
    return undefined;
  }

  /** How many names a search has found. */
  describe(found: number, query: string): string {
    const offered = this.places.length;
    const typed = query.trim();
    if (found === 0)
      return this.#isOffered
        ? `None of these ${count.format(offered)} names has “${typed}” in it`
        : `No name has “${typed}” in it`;
    const all = typed ? offered : this.#size;
    return found < all || typed ? `${count.format(found)} of ${count.format(all)}` : count.format(found);
  }
}
