// What DuckDB says of a statement that fails, in words that fit a page.

/** The longest message of an error, in characters: DuckDB repeats the statement, and of a CSV the whole line. */
const maxLength = 1000;

/** The tables that a statement can read, and those that it no longer can. */
export interface ReadableTables {
  /** Tables and views, and those of files that aren't loaded yet. */
  present: readonly string[];
  /** Tables of files that a statement has dropped. */
  dropped: readonly string[];
}

/** The error to show: DuckDB's own message, and the fix where it would name one that pages don't have. */
export function queryError(cause: unknown, tables?: ReadableTables): Error {
  const message = messageOf(cause);
  const [problem] = message.split("\n");
  const withFix = (fix: string, text = problem) => new Error(`${text}\n${fix}`, {cause});
  if (/exists in the (\w+) extension/.test(message))
    return withFix("Pages load no extensions: do this in the data loader, or without it.");
  if (/No function matches .*TIMESTAMP WITH TIME ZONE|TIMESTAMP WITH TIME ZONE -> DATE/.test(message))
    return withFix(
      "Pages have no time zones: make it a TIMESTAMP, which is in UTC, such as now()::TIMESTAMP."
    );
  const missing = /^Catalog Error: Table with name (.+) does not exist/.exec(message)?.[1]?.toLowerCase();
  if (missing === undefined || !tables) return new Error(message, {cause});
  if (tables.dropped.some((table) => table.toLowerCase() === missing))
    return withFix("A statement has dropped it. Reload the page to have it back.");
  return withFix(`The database has: ${tables.present.join(", ") || "no tables"}.`, message);
}

/** DuckDB's own message, no longer than can be read: what is too long is left out of its middle. */
export function messageOf(cause: unknown): string {
  const text = unwrap(cause instanceof Error ? cause.message : String(cause));
  const half = maxLength / 2;
  return text.length <= maxLength ? text : `${text.slice(0, half)} … ${text.slice(-half)}`;
}

// DuckDB-WASM gives some errors as JSON.
function unwrap(message: string): string {
  try {
    const {exception_type: type, exception_message: text} = JSON.parse(message) as Record<string, string>;
    return text ? `${type} Error: ${text}` : message;
  } catch {
    return message;
  }
}
