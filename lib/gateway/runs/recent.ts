// What was asked lately needn't be asked again.

interface Known<T> {
  /** `performance.now()` of the asking. */
  at: number;
  answer: Promise<T>;
}

/** Answers that are believed for a while. Who asks while an answer is on its way shares it; what failed is asked again. */
export class Recent<T> {
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
