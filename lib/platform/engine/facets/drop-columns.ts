// DROP_COLUMNS: all columns but the named ones.
import {FacetError} from "../failure.js";
import {identifier, identifiers} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {columnNames, columnsOf} from "../table.js";

export function dropColumns(step: Step): string {
  const table = only(step);
  const dropped = new Set(columnsOf(table, step.args.texts("target_columns")).map(({name}) => name));
  const kept = columnNames(table).filter((name) => !dropped.has(name));
  if (kept.length === 0) throw new FacetError("every column would be dropped: keep at least one");
  return `SELECT ${identifiers(kept)} FROM ${identifier(table.name)}`;
}
