// What can go wrong between the platform's answer and the finished file.
import {reasonOf} from "../lib/disk/index.js";

/** Something that was requested can't be loaded; the message names it and the fix. */
export class LoadError extends Error {
  override name = "LoadError";
}

/** An error with the entry of ikigai.config.ts that it is about, and with the fix if only the kit knows it. */
export function about(entry: string, error: unknown): unknown {
  if (!(error instanceof Error) || error.name === "AbortError") return error;
  return new LoadError(`${entry}: ${reasonOf(error)}`, {cause: error});
}

/** Does some work, and adds the config's entry to its errors. */
export async function withContext<T>(entry: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw about(entry, error);
  }
}

/** The results of several tasks. Waits for each, even if others fail, and throws one error with all failures. */
export async function allOf<T>(tasks: Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(tasks);
  const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
  if (errors.length === 0) return Promise.all(tasks);
  const messages = new Set(errors.map(({message}) => message));
  throw messages.size === 1 ? errors[0]! : new LoadError([...messages].join("\n"), {cause: errors[0]});
}
