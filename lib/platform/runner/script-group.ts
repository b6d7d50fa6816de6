// Ending a script with all that it has started.

/** Ends a group of processes, if there is one. */
export function endGroup(group: number | undefined): void {
  try {
    if (group !== undefined) process.kill(-group, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
