// Lets only so many tasks run at a time.

/** Runs a task when its turn comes, first come first served. */
export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

export function limit(concurrency: number): Limit {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    else ++running;
    try {
      return await task();
    } finally {
      // The place goes to the next in line, or is free.
      const next = waiting.shift();
      if (next) next();
      else --running;
    }
  };
}
