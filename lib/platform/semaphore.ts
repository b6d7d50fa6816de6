// Taking turns.

/** Lets so many tasks run at once, the others in the order they came. */
export function semaphore(permits: number) {
  const waiting: (() => void)[] = [];
  return async <Value>(task: () => Promise<Value>): Promise<Value> => {
    if (permits === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else permits--;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else permits++;
    }
  };
}
