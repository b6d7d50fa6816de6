// News of how far a long transfer of bytes is, at a pace that a person can follow.

/** How far a download or an upload is. */
export interface Progress {
  /** Bytes that have come, or gone. */
  done: number;
  /** Bytes of the whole; undefined as long as the platform doesn't say. */
  total?: number;
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
