// Remembers the promise of an asynchronous piece of work, but not its failure.

/**
 * A function that starts `work` at its first call and gives every later caller the same promise. If the work fails, the next
 * call starts it again, so a page that lost its network for a moment isn't broken for good.
 */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let promise: Promise<T> | undefined;
  return () => {
    if (promise) return promise;
    const attempt = work();
    promise = attempt;
    attempt.catch(() => (promise = undefined));
    return attempt;
  };
}
