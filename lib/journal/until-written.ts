// Waiting for a disk that takes nothing now, because it is full.
import {setTimeout as sleep} from "node:timers/promises";

/** Milliseconds between two tries. */
const tryAgain = 1000;

/**
 * Repeats a write until the disk takes it: what has happened elsewhere already has to be on record, so nothing is given up. `onFailure` gets
 * each error but those that say the same as the one before. Throws the signal's reason when it aborts.
 */
export async function untilWritten<T>(
  write: () => Promise<T>,
  {signal, onFailure = () => undefined}: {signal: AbortSignal; onFailure?: (error: Error) => void}
): Promise<T> {
  for (let told = ""; ;) {
    try {
      return await write();
    } catch (error) {
      signal.throwIfAborted();
      const {message} = error as Error;
      if (message !== told) onFailure(error as Error);
      told = message;
    }
    await sleep(tryAgain, undefined, {signal}).catch(() => signal.throwIfAborted());
  }
}
