// Progress reports of a piece of work; the caller decides how they are shown.

/** One piece of work: its progress, then done or failed. */
export interface Progress {
  progress(label: string, done?: number, total?: number): void;
  done(result: string): void;
  /** Ends it as failed; one that has ended already stays as it is. */
  fail(): void;
}

export interface Reporter {
  /** A piece of work begins: `data`, `build`, `check`, `publish`. */
  begin(name: string): Progress;
  /** Something that the user should know of though the work goes on. */
  warn(message: string): void;
  /** What the project's own loaders and Framework print. */
  output(text: string): void;
  /** Another process works on the project, and this one waits. */
  wait(message: string): void;
}

/** Does a piece of work; if it throws, it has failed. */
export async function during<T>(
  reporter: Reporter,
  name: string,
  work: (line: Progress) => Promise<T>
): Promise<T> {
  const line = reporter.begin(name);
  try {
    return await work(line);
  } catch (error) {
    line.fail();
    throw error;
  }
}
