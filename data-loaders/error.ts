// What can go wrong between the platform's answer and the finished file.

/** Something that was requested can't be loaded; the message names it and the fix. */
export class LoadError extends Error {
  override name = "LoadError";
}

/** An error with the entry of ikigai.config.ts that it is about, and with the fix if only the kit knows it. */
export function about(entry: string, error: unknown): unknown {
  if (!(error instanceof Error) || error.name === "AbortError") return error;
  const message = isDiskFull(error)
    ? `the disk is full. Free some space, or set TMPDIR to a folder on a larger disk (${firstLine(error)})`
    : error.message;
  return new LoadError(`${entry}: ${message}`, {cause: error});
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

/** Node tells it by code, DuckDB in words; a file-size limit of the shell shows as EFBIG. */
function isDiskFull(error: Error): boolean {
  const {code} = error as NodeJS.ErrnoException;
  return (
    ["ENOSPC", "EDQUOT", "EFBIG"].includes(code ?? "") ||
    /No space left on device|Disk quota exceeded|File too large/i.test(error.message)
  );
}

const firstLine = (error: Error) => error.message.split("\n")[0]!;
