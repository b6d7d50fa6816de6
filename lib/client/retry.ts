// When a call is sent again, and how long to wait before.
import {setTimeout as sleep} from "node:timers/promises";
import {IkigaiError, NetworkError, PlatformError, ValidationError} from "./errors.js";
import {isPermanent} from "./failure.js";

/** When and how often a call that only reads is sent again. The names are those of [ky](https://github.com/sindresorhus/ky#retry). */
export interface RetryOptions {
  /**
   * How often it is sent again: 11 times if left out, which last between 63 and 125 s. After a 500 it is at most 3 times: such an
   * error is in the platform, not on the way to it, and waiting rarely helps.
   */
  limit?: number;
  /** The statuses after which it is: 408, 429, 500, 502, 503, 504 and 520 to 524 if left out. */
  statusCodes?: readonly number[];
  /** The longest pause, in milliseconds, that the platform may ask for; when it asks for more the call fails. 60,000 if left out. */
  maxRetryAfter?: number;
  /** The longest wait, in milliseconds, where the platform asks for none. 20,000 if left out. */
  backoffLimit?: number;
  /**
   * Milliseconds to wait before a retry, the first of which has the number 1. If left out, 400 ms that double each time, of which a random
   * half is left out.
   */
  delay?: (attempt: number) => number;
}

/** The options, checked, with defaults. */
export type RetryPolicy = Required<RetryOptions>;

/** How often a call is sent again that the platform answers with 500. */
const mostAfterFault = 3;

/** The longest wait before a first retry; each further one may be twice as long. In milliseconds. */
const firstWait = 400;

const defaults: RetryPolicy = {
  limit: 11,
  statusCodes: [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524],
  maxRetryAfter: 60_000,
  backoffLimit: 20_000,
  delay: (attempt) => firstWait * 2 ** (attempt - 1)
};

/** Throws `ValidationError` naming the option that can't be used. A number is the limit. */
export function checkRetry(retry: number | RetryOptions = {}): RetryPolicy {
  const given = typeof retry === "number" ? {limit: retry} : retry;
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const policy = {...defaults, ...known};
  for (const name of ["limit", "maxRetryAfter", "backoffLimit"] as const) {
    const value: unknown = policy[name];
    if (typeof value === "number" && value >= 0) continue;
    throw new ValidationError(`retry.${name} must be a number, 0 or more, but is ${String(value)}`);
  }
  return given.delay ? policy : {...policy, delay: (attempt) => jittered(attempt, policy.backoffLimit)};
}

/**
 * Exponential backoff of which a random half is left out, so that many clients that failed together don't come back together, and
 * none comes back at once.
 * Source: "equal jitter" in M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
const jittered = (attempt: number, limit: number): number =>
  Math.min(limit, defaults.delay(attempt)) * (0.5 + Math.random() / 2);

/** Whether a retry may succeed after this error. */
export function isPassing(error: unknown, {statusCodes}: RetryPolicy): boolean {
  if (error instanceof IkigaiError && error.status !== undefined) return statusCodes.includes(error.status);
  return error instanceof NetworkError && !isPermanent(error);
}

/** Milliseconds to wait before the retry with this number; undefined when there is to be none. */
export function waitBefore(attempt: number, error: unknown, policy: RetryPolicy): number | undefined {
  const asked = error instanceof PlatformError ? error.retryAfter : undefined;
  const isFault = error instanceof PlatformError && error.status === 500;
  const limit = isFault ? Math.min(mostAfterFault, policy.limit) : policy.limit;
  if (attempt > limit || (asked ?? 0) > policy.maxRetryAfter) return undefined;
  return asked ?? Math.min(policy.backoffLimit, policy.delay(attempt));
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

/** How an action is repeated. */
export interface Repetition {
  signal?: AbortSignal | undefined;
  mayPass?: (error: unknown, policy: RetryPolicy) => boolean;
  /** Is called for each retry before the wait. */
  onRetry?: (error: unknown, attempt: number) => void;
}

/** Does what is safe to repeat until it succeeds, fails for good, or has been repeated as often as the policy allows. */
export async function repeat<T>(
  action: () => Promise<T>,
  policy: RetryPolicy,
  {signal, mayPass = isPassing, onRetry}: Repetition = {}
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      const wait = mayPass(error, policy) ? waitBefore(attempt, error, policy) : undefined;
      if (wait === undefined) throw error;
      onRetry?.(error, attempt);
      await pause(wait, signal);
    }
  }
}

/**
 * Asks again and again, `wait` ms apart and then longer, up to `longestWait`, until there is an answer. Throws what `late` returns when
 * there is none within `timeout` ms.
 */
export async function pollFor<T>(
  ask: () => Promise<T | undefined>,
  {wait, longestWait, timeout, signal}: Polling,
  late: () => Error
): Promise<T> {
  const end = performance.now() + timeout;
  for (let next = wait; ; next = Math.min(next * 1.5, longestWait)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    const left = end - performance.now();
    if (left <= 0) throw late();
    await pause(Math.min(next, left), signal);
  }
}

/** Milliseconds of polling, and what ends it. */
interface Polling {
  wait: number;
  longestWait: number;
  timeout: number;
  signal?: AbortSignal | undefined;
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
