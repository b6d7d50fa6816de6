// The table in docs/loaders.md of what each SQL type becomes in each format, for the tests that hold us to it.
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {formats, type Format} from "../../lib/tabular/formats.js";

export interface TypeRow {
  /** An expression in SQL. */
  sql: string;
  /** What stands in the table, as it stands there, and whether the loader warns. */
  expected: Record<Format, {text: string; isWarnedOf: boolean}>;
}

export const typeTable: TypeRow[] = readFileSync(join(import.meta.dirname, "../../docs/loaders.md"), "utf8")
  .split("| in SQL | Parquet | Arrow | CSV | JSON |\n")[1]!
  .split("\n\n")[0]!
  .split("\n")
  .slice(1)
  .map((line) => {
    const [sql, ...cells] = line
      .slice(2, -2)
      .split(" | ")
      .map((cell) => cell.trim());
    const expected = formats.map((format, i) => {
      const text = cells[i]!.replace(" ⚠", "");
      return [format, {text, isWarnedOf: cells[i] !== text}];
    });
    return {sql: withoutTicks(sql!), expected: Object.fromEntries(expected) as TypeRow["expected"]};
  });

export function withoutTicks(code: string): string {
  return code.replace(/^(`+)(.*)\1$/, "$2");
}

/** What is the same in Parquet and Arrow, however many bits a number has and however it says its digits. */
export const worth = (shown: string) =>
  shown.replaceAll(/\b(\d+)n\b/g, "$1").replaceAll(/"(-?\d+(?:\.\d+)?)"/g, "$1");
