// Asks a platform that fails again, for longer than one call does: a run goes on while nobody can see it.
import {FlowError, NotFoundError} from "./errors.js";
import type {CallOptions} from "./options.js";
import {pause} from "./retry.js";

/** How long a platform that fails is asked again while a run is followed. */
export interface OutageOptions extends CallOptions {
  /**
   * Milliseconds for which a platform that fails is asked again before following the run is given up; 15 minutes if left out. The
   * run goes on, and can be followed again.
   */
  maxOutage?: number;
  /** Is told each time that the platform fails and will be asked again. */
  onOutage?: (error: unknown) => void;
}

const usualOutage = 900_000;

/** Milliseconds before the platform is first asked again, which double, and the longest that they become. */
const firstWait = 1_000;
const longestWait = 30_000;

/**
 * Does what is safe to repeat until it succeeds. Only that a flow isn't there any more, or has no such run, is final: during an outage
 * a proxy may answer anything, even that the user isn't known.
 */
export async function throughOutage<T>(
  action: () => Promise<T>,
  {signal, maxOutage = usualOutage, onOutage}: OutageOptions
): Promise<T> {
  const end = performance.now() + maxOutage;
  for (let wait = firstWait; ; wait = Math.min(wait * 2, longestWait)) {
    try {
      return await action();
    } catch (error) {
      signal?.throwIfAborted();
      const left = end - performance.now();
      if (error instanceof FlowError || error instanceof NotFoundError || left <= 0) throw error;
      onOutage?.(error);
      await pause(Math.min(wait, left), signal);
    }
  }
}
