// Tells what may pass by itself from what stays wrong until somebody changes something.
import {
  AuthenticationError,
  DownloadError,
  NetworkError,
  PlatformError,
  TimeoutError
} from "../lib/client/index.js";

const passing = [DownloadError, NetworkError, PlatformError, TimeoutError];

/** Whether an error, or what caused it, is one of the platform or the network that may be over in a moment. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return passing.some((kind) => error instanceof kind) || mayPass(error.cause);
}

/** The platform's refusal of this user and key, where that is what an error is, or what caused it. */
export function refusal(error: unknown): AuthenticationError | undefined {
  if (!(error instanceof Error)) return undefined;
  return error instanceof AuthenticationError ? error : refusal(error.cause);
}
