// News of how far a long transfer of bytes is, at a pace that a person can follow.

/** How far a download or an upload is. */
export interface Progress {
  /** Bytes that have come, or gone. */
  done: number;
  /** Bytes of the whole; undefined as long as the platform doesn't say. */
  total?: number;
}

/** Gets news of long work: a function, or one with a method `end` besides, as `progressBar` makes. */
export interface ProgressListener<News> {
  (news: News): void;
  /** Told once when there will be no more news, with the error when the work didn't go well. */
  end?(error?: unknown): void;
}

/** Does the work, and tells whoever listens of its end. */
export async function watched<News, T>(
  listener: ProgressListener<News> | undefined,
  work: (tell: (news: News) => void) => Promise<T>
): Promise<T> {
  const done = await work((news) => listener?.(news)).catch((error: unknown) => {
    listener?.end?.(error);
    throw error;
  });
  listener?.end?.();
  return done;
}

/** Milliseconds between two pieces of news. */
const pace = 100;

/** Passes the news on, but not more often than every `pace` milliseconds, except for what `isLast`. */
export function paced(
  onProgress: (progress: Progress) => void
): (progress: Progress, isLast?: boolean) => void {
  let toldAt = -Infinity;
  return (progress, isLast = false) => {
    if (!isLast && performance.now() - toldAt < pace) return;
    toldAt = performance.now();
    onProgress(progress);
  };
}
