// NEW_COLUMNS: columns worked out from the others by formulas, which are SQL expressions over one row.
import {identifier} from "../../../tabular/quote.js";
import {guardFormula} from "../sql-guard.js";
import {only, type Step} from "../step.js";
import {refuseTaken} from "../table.js";

/** A formula may use the columns that the formulas before it made. */
export async function newColumns(step: Step): Promise<string> {
  const {args, database} = step;
  const table = only(step);
  const added = args.maps("new_columns");
  refuseTaken(
    table.columns,
    added.map((column) => column.text("column_name"))
  );
  let from = identifier(table.name);
  for (const column of added) {
    const formula = await guardFormula(database, column.text("formula"));
    from = `(SELECT *, ${formula} AS ${identifier(column.text("column_name"))} FROM ${from})`;
  }
  return `FROM ${from}`;
}
