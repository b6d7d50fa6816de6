// SELECT: the named columns, in the order that names them.
import {identifier, identifiers} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {columnsOf} from "../table.js";

export function select(step: Step): string {
  const table = only(step);
  const columns = columnsOf(table, step.args.texts("target_columns"));
  return `SELECT ${identifiers(columns.map(({name}) => name))} FROM ${identifier(table.name)}`;
}
