// UNION: one table below the other, columns matched by name.
import {commonType} from "../common-type.js";
import {FacetError} from "../failure.js";
import {identifier} from "../../../tabular/quote.js";
import {sides, type Step} from "../step.js";
import type {Column, Table} from "../table.js";

/** With all columns of both (`full`), those that both have (`common`), or those of the top table (`top`). */
export function union(step: Step): string {
  const [top, bottom] = sides(step, "top", "bottom");
  const find = (table: Table, {name}: Column) =>
    table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  const option = step.args.text("option");
  const columns = [
    ...top.columns.filter((column) => option !== "common" || find(bottom, column)),
    ...(option === "full" ? bottom.columns.filter((column) => !find(top, column)) : [])
  ];
  if (columns.length === 0)
    throw new FacetError("the tables have no column in common: RENAME_COLUMNS first, or take 'option' full");
  const select = (table: Table) =>
    columns
      .map((column) => {
        const type = commonType([top, bottom].flatMap((each) => find(each, column) ?? []));
        const own = find(table, column);
        return `${own ? identifier(own.name) : "NULL"}::${type} AS ${identifier(column.name)}`;
      })
      .join(", ");
  return `SELECT ${select(top)} FROM ${identifier(top.name)} UNION ALL SELECT ${select(bottom)} FROM ${identifier(bottom.name)}`;
}
