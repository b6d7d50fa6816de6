// DuckDB's errors, as far as they mean something to somebody who wrote a flow.

/** The message without DuckDB's advice on settings, places in SQL that nobody wrote, and paths of our files. */
export function plainly(message: string): string {
  const [head] = message.split(/\n\s*(?:Possible |LINE \d|file =|Column \S+ is being converted)|\n\n\s*\n/);
  return head!
    .replace(
      /^(Invalid Input|Conversion|Binder|Parser|Catalog|Out of Range|Invalid|Not implemented) Error: /i,
      ""
    )
    .replaceAll(/ in file ".*"|file "[^"]*\/[^"]*"/g, " the file")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, 500);
}
