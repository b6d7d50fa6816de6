// Values that change, as Observable reads them: an async generator that gives the newest value and skips those in between.

/** Pushes values into the generator: the next call gets the newest. */
export interface Source<T> {
  next: (value: T) => void;
  /** Ends the generator after a waiting value has been taken. */
  end: () => void;
  fail: (error: unknown) => void;
}

/**
 * A generator over what `begin` pushes. `begin` runs when the first value is asked for; what it returns runs when the generator ends
 * or is left. Unlike an `async function*`, `return` takes effect while a value is waited for, so a cell of Framework that is
 * replaced leaves nothing behind.
 */
export function latest<T>(begin: (source: Source<T>) => () => void): AsyncGenerator<T, void, undefined> {
  let state: "new" | "open" | "ended" = "new";
  let stop: (() => void) | undefined;
  let waiting: {value: T}[] = [];
  let failure: {error: unknown} | undefined;
  let asked: {resolve: (result: IteratorResult<T, void>) => void; reject: (error: unknown) => void}[] = [];

  const over = {done: true, value: undefined} as const;

  function close(): void {
    state = "ended";
    stop?.();
    stop = undefined;
  }
  function flush(): void {
    while (asked.length && waiting.length) asked.shift()!.resolve({done: false, value: waiting.pop()!.value});
    if (state !== "ended" || waiting.length) return;
    const [first, ...rest] = asked;
    asked = [];
    if (failure && first) {
      first.reject(failure.error);
      failure = undefined;
    } else first?.resolve(over);
    for (const {resolve} of rest) resolve(over);
  }
  const source: Source<T> = {
    next: (value) => {
      if (state === "ended") return;
      waiting = [{value}];
      flush();
    },
    end: () => {
      close();
      flush();
    },
    fail: (error) => {
      if (state === "ended") return;
      failure = {error};
      close();
      flush();
    }
  };
  const generator = {
    next() {
      return new Promise<IteratorResult<T, void>>((resolve, reject) => {
        asked.push({resolve, reject});
        if (state === "new") {
          state = "open";
          stop = begin(source);
          if ((state as string) === "ended") close(); // it ended before it could say how to stop it
        }
        flush();
      });
    },
    async return() {
      waiting = [];
      failure = undefined;
      close();
      flush();
      return over;
    },
    async throw(error: unknown): Promise<never> {
      await generator.return();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return generator;
    },
    async [Symbol.asyncDispose]() {
      await generator.return();
    }
  };
  return generator;
}
