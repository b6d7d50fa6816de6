// Which ranges of a file to ask for, so that neighbours come in one answer and several answers come at once.
import type {Range} from "./footer.js";

/** Bytes between two ranges that cost less than another request. */
const maxGap = 64 * 1024;

/** The most that one request asks for, where it is more than one range: so several come at once, and the first soon. */
const maxRequest = 4 * 1024 * 1024;

/** How many requests are under way at once. */
const width = 6;

/** One range that covers those that it was made for. */
export interface Request extends Range {
  ranges: Range[];
}

/** The requests that cover the ranges, in the file's order. */
export function requestsFor(ranges: readonly Range[]): Request[] {
  const requests: Request[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = requests.at(-1);
    const isNear = last && range.start - last.end < maxGap && range.end - last.start <= maxRequest;
    if (!isNear) requests.push({...range, ranges: [range]});
    else {
      last.end = Math.max(last.end, range.end);
      last.ranges.push(range);
    }
  }
  return requests;
}

/**
 * Starts pieces of work a few ahead of the one that is asked for, and keeps what they gave until it is dropped: so no more than
 * some are under way or waiting to be taken.
 */
export function ahead<T>(work: readonly (() => Promise<T>)[]): {
  get: (this: void, index: number) => Promise<T>;
  drop: (this: void, index: number) => void;
} {
  const started = new Map<number, Promise<T>>();
  let next = 0;
  return {
    get(index) {
      for (; next < Math.min(work.length, index + width); next++) {
        const promise = work[next]!();
        promise.catch(() => undefined); // thrown when it is asked for, if it is
        started.set(next, promise);
      }
      return started.get(index)!;
    },
    drop: (index) => void started.delete(index)
  };
}
