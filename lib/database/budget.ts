// How much memory the columns that are kept may take: the least recently used are dropped first.

/** A column that is in memory. */
export interface Kept {
  bytes: number;
  /** The turn in which it was last used. */
  used: number;
  /** How many statements are using it. */
  pins: number;
  drop: () => Promise<void>;
}

export class Budget {
  readonly #kept = new Set<Kept>();
  #turn = 0;

  /** @param limit in bytes */
  constructor(readonly limit: number) {}

  get bytes(): number {
    let sum = 0;
    for (const {bytes} of this.#kept) sum += bytes;
    return sum;
  }

  add(kept: Kept): void {
    this.#kept.add(kept);
  }

  remove(kept: Kept): void {
    this.#kept.delete(kept);
  }

  /** The columns are used, and stay until the returned function is called. */
  pin(columns: readonly Kept[]): () => void {
    this.#turn++;
    for (const column of columns) {
      column.used = this.#turn;
      column.pins++;
    }
    let isPinned = true;
    return () => {
      if (isPinned) for (const column of columns) column.pins--;
      isPinned = false;
    };
  }

  /** Drops what hasn't been used for longest until so many bytes more would fit; what is in use stays, even if they don't. */
  async makeRoom(bytes: number): Promise<void> {
    const unused = [...this.#kept].filter(({pins}) => !pins).sort((a, b) => a.used - b.used);
    for (const column of unused) {
      if (this.bytes + bytes <= this.limit) return;
      if (column.pins || !this.#kept.delete(column)) continue;
      await column.drop();
    }
  }
}
