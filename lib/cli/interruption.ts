// Ctrl-C, as an AbortSignal.

/**
 * A signal that aborts at the first Ctrl-C (or SIGTERM, as process managers send). A second Ctrl-C ends the process at
 * once, for users who don't want to wait for an orderly end.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      process.once("SIGINT", () => process.exit(130));
      controller.abort();
    });
  }
  return controller.signal;
}

/** What a line of work ends with that Ctrl-C has cut short. */
export const stopped = "stopped";

/** Resolves when `signal` aborts, at once if it already has. */
export function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), {once: true});
  });
}
