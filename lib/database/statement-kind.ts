// What kind of statement a text is, as far as that decides how its tables are prepared; what is in doubt is taken for the worst.
import {opaque} from "./statement.js";

/**
 * - `read`: DuckDB can plan it, and it changes nothing.
 * - `create`: it makes a table, view or macro of another name, perhaps from what it reads.
 * - `opaque`: it changes nothing, but can't be planned beforehand: PIVOT, EXPLAIN.
 * - `write`: anything else, such as INSERT, DROP and several statements in one text.
 * - `transaction`: from here on nothing may change beside the statements.
 */
export type StatementKind = "read" | "create" | "opaque" | "write" | "transaction";

const reading = /^(select|with|from|values|table|describe|desc|show|summarize|unpivot)\b/;

/** @param tables names that `create` must not make */
export function kindOf(text: string, tables: readonly string[]): StatementKind {
  const words = bare(text);
  if (/;\s*\S/.test(words)) return "write";
  const start = words.replace(/^[\s(]+/, "");
  if (/^(begin|start)\b/.test(start)) return "transaction";
  if (/^explain\b/.test(start))
    return /\b(insert|update|delete|create|drop|alter|copy)\b/.test(start) ? "write" : "opaque";
  if (/\browid\b/i.test(text)) return "write"; // which only a table's rows have, and not a view's
  if (/\bpivot/.test(words)) return reading.test(start) || /^pivot/.test(start) ? "opaque" : "write";
  if (reading.test(start)) return "read";
  const made = /^\s*create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:table|view|macro|function)\s+/i;
  const head = made.exec(withoutComments(text));
  if (!head) return "write";
  const target = withoutComments(text)
    .slice(head[0].length)
    .slice(0, 1000)
    .split(/[(;]|\bas\b/i)[0]!
    .toLowerCase();
  return tables.some((table) => target.includes(table.toLowerCase().replaceAll('"', '""')))
    ? "write"
    : "create";
}

/** Whether what a text asks for may depend on when it is run. */
export const tellsTime = (text: string): boolean =>
  /\b(now|today|current_(date|time|timestamp)|get_current_\w+|transaction_timestamp|localtime(stamp)?|getvariable)\b/i.test(
    text
  );

/** The text in lower case, without comments, and with its strings and quoted names emptied. */
const bare = (text: string): string =>
  text
    .replace(opaque, (part) => (part === "?" ? part : /^["']/.test(part) ? part[0]! + part[0]! : " "))
    .toLowerCase();

const withoutComments = (text: string): string =>
  text.replace(opaque, (part) => (/^(--|\/\*)/.test(part) ? " " : part));
