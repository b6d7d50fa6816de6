// FILTER: the rows that meet conditions, a formula, or both.
import type {Arguments} from "../arguments.js";
import {FacetError} from "../failure.js";
import {identifier, literal} from "../../../tabular/quote.js";
import {guardFormula} from "../sql-guard.js";
import {only, type Step} from "../step.js";
import {columnOf, isMissing, type Table} from "../table.js";
import {valueOf} from "../value.js";

export async function filter(step: Step): Promise<string> {
  const {args, database} = step;
  const table = only(step);
  const conditions = args.maps("conditions").map((condition) => conditionOf(condition, table));
  const formula = args.optionalText("formula");
  if (formula) conditions.push(`(${await guardFormula(database, formula)})`);
  if (conditions.length === 0)
    throw new FacetError("there is no condition: give 'conditions' or a 'formula'");
  return `FROM ${identifier(table.name)} WHERE ${conditions.join(args.text("combine") === "or" ? " OR " : " AND ")}`;
}

const comparisons: Record<string, string> = {
  equals: "=",
  // A missing value is not equal to anything, so it stays.
  not_equals: "IS DISTINCT FROM",
  greater_than: ">",
  greater_than_or_equals: ">=",
  less_than: "<",
  less_than_or_equals: "<="
};

const textSearches: Record<string, (text: string, part: string) => string> = {
  contains: (text, part) => `contains(${text}, ${part})`,
  not_contains: (text, part) => `contains(${text}, ${part}) IS NOT TRUE`,
  starts_with: (text, part) => `starts_with(${text}, ${part})`,
  ends_with: (text, part) => `ends_with(${text}, ${part})`
};

function conditionOf(condition: Arguments, table: Table): string {
  const column = columnOf(table, condition.text("column_name"));
  const operator = condition.text("operator");
  const name = identifier(column.name);
  if (operator === "is_empty") return isMissing(column);
  if (operator === "is_not_empty") return `NOT ${isMissing(column)}`;
  if (operator === "in" || operator === "not_in") {
    const values = condition.texts("values").map((value) => valueOf(value, column));
    if (values.length === 0) throw new FacetError(`'${operator}' needs 'values': a list of at least one`);
    const among = `${name} IN (${values.join(", ")})`;
    return operator === "in" ? `(${among})` : `((${among}) IS NOT TRUE)`;
  }
  const value = condition.optionalValue("value");
  if (value === undefined) throw new FacetError(`'${operator}' on column '${column.name}' needs a 'value'`);
  const search = textSearches[operator];
  if (search) return `(${search(`${name}::VARCHAR`, literal(value))})`;
  return `(${name} ${comparisons[operator]!} ${valueOf(value, column)})`;
}
