// Work that waits for room on a full disk.
import {setTimeout as sleep} from "node:timers/promises";
import {isDiskFull} from "./is-full.js";

/** Milliseconds before the second try, and between two at most: what takes seconds isn't tried each second. */
const shortest = 1_000;
const longest = 30_000;

/** How work waits for room. */
export interface RoomOptions {
  signal: AbortSignal;
  /** Gets each error of a full disk but those that say the same as the one before. */
  onFull: (error: Error) => void;
  /** Waits so many milliseconds, or until the signal aborts: tests have their own. */
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * Does work, and does it again for as long as it fails because the disk is full. Throws its other errors, and the signal's reason when that
 * aborts meanwhile.
 */
export async function untilRoom<T>(
  work: () => Promise<T>,
  {signal, onFull, wait = pause}: RoomOptions
): Promise<T> {
  let told = "";
  for (let ms = shortest; ; ms = Math.min(2 * ms, longest)) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!isDiskFull(error)) throw error;
      const {message} = error as Error;
      if (message !== told) onFull(error as Error);
      told = message;
    }
    await wait(ms, signal);
    signal.throwIfAborted();
  }
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, {signal}).catch(() => undefined);
