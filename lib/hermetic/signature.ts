// Detects whether a file has changed, without reading it.
import {statSync} from "node:fs";

/**
 * Two states of a file or folder have the same signature only if nothing was written in between. The time of change is
 * part of it because npm gives all files of all versions the same time of modification. Empty if there is no such file.
 */
export function signature(path: string): string {
  const status = statSync(path, {bigint: true, throwIfNoEntry: false});
  return status ? `${status.size}:${status.mtimeNs}:${status.ctimeNs}` : "";
}

/** When a file or folder was last changed, in milliseconds of Unix time. */
export function changed(path: string): number {
  const status = statSync(path, {throwIfNoEntry: false});
  return status ? Math.max(status.mtimeMs, status.ctimeMs) : Infinity;
}
