// What DuckDB says of a statement that fails, in words that fit a page.

/** The error to show: DuckDB's own message, and the mend where it would name one that pages don't have. */
export function queryError(cause: unknown, tables: string[]): Error {
  const message = unwrap(cause instanceof Error ? cause.message : String(cause));
  const extension = /exists in the (\w+) extension/.exec(message)?.[1];
  if (extension) {
    const [problem] = message.split("\n");
    return new Error(`${problem} Pages load no extensions: do this in the data loader, or without it.`, {
      cause
    });
  }
  if (/^Catalog Error: Table with name/.test(message))
    return new Error(`${message}\nThe database has: ${tables.join(", ") || "no tables"}.`, {cause});
  return new Error(message, {cause});
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
