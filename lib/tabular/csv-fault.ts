// What DuckDB says of a file that isn't CSV, in one sentence and without its advice on its own options. Runs in Node and in pages.
import {maxLine} from "./csv-source.js";

export const unclosedQuote = "a quote is opened and not closed. Double the quotes inside a quoted value.";

export const wrongCount = (found: number | string, expected: number | string) =>
  `it has ${found} values where the header has ${expected} names. Quote values that have a comma in them.`;

/** What is wrong with a CSV file. */
export interface CsvFault {
  /** A sentence or two, with the start of the line. */
  reason: string;
  /** Counted from 1; undefined when it isn't known. */
  line?: number;
}

/** Reads DuckDB's error; undefined when it says something else. */
export function csvFault(message: string): CsvFault | undefined {
  if (message.includes("CSV Parser state machine")) {
    return {
      reason:
        "a quote in it isn't closed, or its lines end in a way that it can't be read. Write it again with one kind of line end"
    };
  }
  const [, number] = /CSV Error on Line: (\d+)/.exec(message) ?? [];
  if (number === undefined) return undefined;
  const [, original = "", problem = ""] =
    /Original Line: ?([\s\S]*?)\n((?:Value with|Expected Number|Maximum line|Invalid unicode)[^\n]*)/.exec(
      message
    ) ?? [];
  const start = original.length > 80 ? `${original.slice(0, 77)}...` : original;
  return {reason: `${explain(problem)} The line begins ${JSON.stringify(start)}`, line: Number(number)};
}

function explain(problem: string): string {
  if (problem.startsWith("Value with unterminated quote")) {
    return unclosedQuote;
  }
  const [, expected, found] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(problem) ?? [];
  if (expected !== undefined) {
    return wrongCount(found!, expected);
  }
  if (problem.startsWith("Maximum line")) return `it is longer than ${maxLine} bytes. Shorten its values.`;
  if (problem.startsWith("Invalid unicode")) return "it isn't UTF-8. Write the data as UTF-8.";
  return `${problem}.`;
}
