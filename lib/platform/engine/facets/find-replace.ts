// FIND_REPLACE: replaces a text wherever it stands in a cell, cells that are it, or what a pattern matches.
import {FacetError} from "../failure.js";
import {identifier, literal} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {type Column, columnsOf, kindOf} from "../table.js";
import {valueOf} from "../value.js";

/** Patterns are RE2's, which take time in proportion to the text, whatever they are. */
export async function findReplace(step: Step): Promise<string> {
  const {args, database} = step;
  const table = only(step);
  const match = args.text("match");
  const [find, replace] = [args.text("find"), args.text("replace")];
  const named = args.texts("target_columns").length > 0;
  const targets = new Set(
    columnsOf(table, args.texts("target_columns")).filter((column) => named || kindOf(column.type) === "text")
  );
  if (match === "regex") {
    await database.rows(`SELECT regexp_matches('', ${literal(find)})`).catch((error: unknown) => {
      throw new FacetError(
        `'find' is not a regular expression: ${error instanceof Error ? error.message : ""}`
      );
    });
  }
  const columns = table.columns.map((column) => {
    const name = identifier(column.name);
    return targets.has(column) ? `${replaced(column, match, find, replace)} AS ${name}` : name;
  });
  return `SELECT ${columns.join(", ")} FROM ${identifier(table.name)}`;
}

function replaced(column: Column, match: string, find: string, replace: string): string {
  const name = identifier(column.name);
  if (match === "cell") {
    const replacement = replace === "" && kindOf(column.type) !== "text" ? "NULL" : valueOf(replace, column);
    return `CASE WHEN ${name} = ${valueOf(find, column)} THEN ${replacement} ELSE ${name} END`;
  }
  if (kindOf(column.type) !== "text") {
    throw new FacetError(
      `column '${column.name}' holds no text: replace whole cells ('match' cell), or CONVERT it to TEXT first`
    );
  }
  return match === "regex"
    ? `regexp_replace(${name}, ${literal(find)}, ${literal(replace)}, 'g')`
    : `replace(${name}, ${literal(find)}, ${literal(replace)})`;
}
