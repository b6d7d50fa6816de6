// How far the work under way is, for a page to show: tasks that run at once, summed up as one message and one fraction.

/** What a database is busy with. */
export interface Progress {
  /** For people, such as "Opening the database, loading forecast". Empty when nothing is under way. */
  message: string;
  /** The share that is done, 0 to 1. */
  fraction: number;
  /** Why the last piece of work failed; forgotten when it is tried again. */
  error?: Error;
}

/** Says how far a task is, 0 to 1. */
export type Report = (fraction: number) => void;

export class Tasks {
  #fractions = new Map<string, number>();
  #listeners = new Set<(progress: Progress) => void>();
  #error: Error | undefined;

  get progress(): Progress {
    const fractions = [...this.#fractions.values()];
    return {
      message: [...this.#fractions.keys()].join(", ").replace(/^./, (letter) => letter.toUpperCase()),
      fraction: fractions.length ? fractions.reduce((sum, f) => sum + f, 0) / fractions.length : 1,
      ...(this.#error && {error: this.#error})
    };
  }

  /** Calls `listener` now and whenever the progress changes, until the returned function is called. */
  subscribe(listener: (progress: Progress) => void): () => void {
    this.#listeners.add(listener);
    listener(this.progress);
    return () => this.#listeners.delete(listener);
  }

  /** Runs a piece of work, shown by its name for as long as it takes. */
  async run<T>(name: string, work: (report: Report) => Promise<T>): Promise<T> {
    this.#error = undefined;
    this.#set(name, 0);
    try {
      return await work((fraction) => this.#set(name, Math.min(1, fraction)));
    } catch (error) {
      this.#error = error as Error;
      throw error;
    } finally {
      this.#fractions.delete(name);
      this.#tell();
    }
  }

  #set(name: string, fraction: number): void {
    this.#fractions.set(name, fraction);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.progress);
  }
}
