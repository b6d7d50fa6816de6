// A cache of answers, each used for a limited time.

interface Known<T> {
  /** `performance.now()` of the request. */
  at: number;
  answer: Promise<T>;
}

/** Keeps answers for a while. Requests made while an answer is on its way share it; a failed one is asked again. */
export class TimedCache<T> {
  readonly #known = new Map<string, Known<T>>();

  /** `lifetime` in milliseconds. */
  constructor(private readonly lifetime: number) {}

  get(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key);
    if (known && performance.now() - known.at < this.lifetime) return known.answer;
    const asked = {at: performance.now(), answer: ask()};
    this.#known.set(key, asked);
    asked.answer.catch(() => {
      if (this.#known.get(key) === asked) this.#known.delete(key);
    });
    return asked.answer;
  }

  forget(key: string): void {
    this.#known.delete(key);
  }
}
