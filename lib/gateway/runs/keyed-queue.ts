// A queue for each key: actions with the same key run one after another, in the order they were added.

export class KeyedQueue {
  readonly #last = new Map<string, Promise<void>>();

  async take<T>(key: string, action: () => Promise<T>): Promise<T> {
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(action);
    const over = turn.then(
      () => undefined,
      () => undefined
    );
    this.#last.set(key, over);
    try {
      return await turn;
    } finally {
      if (this.#last.get(key) === over) this.#last.delete(key);
    }
  }
}
