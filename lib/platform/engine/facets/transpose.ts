// TRANSPOSE: columns become rows and rows columns.
import {commonType} from "../common-type.js";
import {FacetError} from "../failure.js";
import {identifier, literal} from "../../../tabular/quote.js";
import {rowOrder} from "../row-order.js";
import {only, type Step} from "../step.js";
import {columnOf, refuseTaken} from "../table.js";

const maxRows = 1000;

/** The first column holds the names of the old ones; the others are called by `header_column`'s values, or numbered. */
export async function transpose(step: Step): Promise<string> {
  const {args, database} = step;
  const table = only(step);
  const headerName = args.optionalText("header_column");
  const header = headerName ? columnOf(table, headerName) : undefined;
  const {from, row} = await rowOrder(step, table);
  const heads = await database.rows(
    `SELECT ${header ? `${identifier(header.name)}::VARCHAR` : `(${row} + 1)::VARCHAR`} FROM ${from} ` +
      `ORDER BY ${row} LIMIT ${maxRows + 1}`
  );
  if (heads.length > maxRows) {
    throw new FacetError(
      `the table has more than ${maxRows} rows, and each would become a column: FILTER or SUMMARY it first`
    );
  }
  const columns = table.columns.filter((column) => column !== header);
  if (columns.length === 0)
    throw new FacetError("the header column is the only one: nothing is left to transpose");
  const first = header?.name ?? "column";
  const names = heads.map(([head], i) => head || `row ${i + 1}`);
  refuseTaken([], [first, ...names]);
  const type = commonType(columns);
  const cells = columns.map(({name}) => `${identifier(name)}::${type}`).join(", ");
  const values = names.map((name, i) => `any_value(CASE WHEN r = ${i} THEN cell END) AS ${identifier(name)}`);
  return (
    `SELECT ${[`any_value(name) AS ${identifier(first)}`, ...values].join(", ")} FROM (` +
    `SELECT ${row} AS r, unnest([${columns.map(({name}) => literal(name)).join(", ")}]) AS name, ` +
    `unnest([${cells}]) AS cell, unnest(range(${columns.length})) AS position FROM ${from}` +
    `) GROUP BY position ORDER BY position`
  );
}
