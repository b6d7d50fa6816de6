// Reports the progress of long work, not more often than a person can read.

/** The progress of a download or an upload. */
export interface Progress {
  /** Bytes that have been transferred. */
  done: number;
  /** Bytes in all; undefined until the platform says. */
  total?: number;
}

/** Gets reports on long work: a function, which may also have a method `end`, as `progressBar` makes. */
export interface ProgressListener<Report> {
  (report: Report): void;
  /** Called once after the last report, with the error if the work failed. */
  end?(error?: unknown): void;
}

/** Does the work, and calls the listener's `end` after it. */
export async function withProgress<Report, T>(
  listener: ProgressListener<Report> | undefined,
  work: (tell: (report: Report) => void) => Promise<T>
): Promise<T> {
  const done = await work((report) => listener?.(report)).catch((error: unknown) => {
    listener?.end?.(error);
    throw error;
  });
  listener?.end?.();
  return done;
}

/** Milliseconds between two reports. */
const reportInterval = 100;

/** Passes reports on, but not more often than every `reportInterval` milliseconds, except the last one. */
export function throttled(
  onProgress: (progress: Progress) => void
): (progress: Progress, isLast?: boolean) => void {
  let reportedAt = -Infinity;
  return (progress, isLast = false) => {
    if (!isLast && performance.now() - reportedAt < reportInterval) return;
    reportedAt = performance.now();
    onProgress(progress);
  };
}
