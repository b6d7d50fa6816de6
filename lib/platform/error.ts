// What the platform answers instead of a result: a status and a sentence, as `{"message": …}`.

import {reasonOf} from "../disk/index.js";

export class PlatformError extends Error {
  override readonly name = "PlatformError";

  constructor(
    readonly status: number,
    message: string
  ) {
    super(message);
  }
}

export const rejected = (message: string) => new PlatformError(400, message);
export const forbidden = (message: string) => new PlatformError(403, message);
/** `what` begins a sentence: "Custom facet" gives "Custom facet was not found". */
export const notFound = (what: string) => new PlatformError(404, `${what} was not found`);
export const conflict = (message: string) => new PlatformError(409, message);

/** What went wrong, for a sentence that says what was being done; of a disk that refuses, with the fix. */
export const reason = reasonOf;

/** Whether a file system call failed for this reason, such as "ENOENT". */
export const hasCode = (error: unknown, code: string) =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === code;

/** The facet that an engine's error blames, "" where it blames none. */
export const blamed = (error: unknown): string =>
  typeof error === "object" && error !== null && "facetId" in error && typeof error.facetId === "string"
    ? error.facetId
    : "";
