// When a call is sent again, and how long to wait before.
import {setTimeout as sleep} from "node:timers/promises";
import {PlatformError} from "./errors.js";
import {isPassing} from "./failure.js";

/** The longest wait before a first retry; each further one may be twice as long. In milliseconds. */
const firstWait = 400;
const longestWait = 20_000;

/** When the platform asks for a longer pause than this, an error that says so beats a call that seems to hang. */
const longestRetryAfter = 60_000;

/**
 * Milliseconds to wait before the retry numbered `attempt`, from 0: exponential backoff with full jitter, so that many clients
 * that failed together don't come back together.
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export function backoff(attempt: number): number {
  return Math.random() * Math.min(longestWait, firstWait * 2 ** attempt);
}

/**
 * Milliseconds that a `Retry-After` header asks for: it gives seconds, or a date (RFC 9110, 10.2.3). Undefined when there is
 * none or it can't be read.
 */
export function retryAfter(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const milliseconds = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/**
 * Does what is safe to repeat until it succeeds, fails for good, or has been repeated `retries` times, waiting as long as the
 * platform asks or else by `backoff`.
 */
export async function repeat<T>(
  action: () => Promise<T>,
  retries: number,
  signal?: AbortSignal,
  mayPass: (error: unknown) => boolean = isPassing
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      const asked = error instanceof PlatformError ? error.retryAfter : undefined;
      if (!mayPass(error) || attempt >= retries || (asked ?? 0) > longestRetryAfter) throw error;
      await pause(asked ?? backoff(attempt), signal);
    }
  }
}

/** Waits; rejects with the signal's reason as soon as it aborts. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  try {
    await sleep(milliseconds, undefined, {signal});
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
