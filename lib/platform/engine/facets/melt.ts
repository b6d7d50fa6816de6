// MELT: a row for each value of several columns, with the column's name beside it.
import {commonType} from "../common-type.js";
import {FacetError} from "../failure.js";
import {identifier, identifiers, literal} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {columnsOf, refuseTaken} from "../table.js";

export function melt(step: Step): string {
  const {args} = step;
  const table = only(step);
  const ids = columnsOf(table, args.texts("id_columns"));
  const named = args.texts("value_columns");
  const values =
    named.length > 0 ? columnsOf(table, named) : table.columns.filter((column) => !ids.includes(column));
  if (values.length === 0) throw new FacetError("no column is left to melt: name fewer 'id_columns'");
  const [variable, value] = [args.text("variable_column_name"), args.text("value_column_name")];
  refuseTaken(ids, [variable, value]);
  const type = commonType(values);
  const names = values.map(({name}) => literal(name)).join(", ");
  const cells = values.map(({name}) => `${identifier(name)}::${type}`).join(", ");
  return (
    `SELECT ${identifiers(ids.map(({name}) => name))}, unnest([${names}]) AS ${identifier(variable)}, ` +
    `unnest([${cells}]) AS ${identifier(value)} FROM ${identifier(table.name)}`
  );
}
