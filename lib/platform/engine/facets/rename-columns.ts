// RENAME_COLUMNS: columns under other names; two may swap theirs.
import {identifier} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {columnOf, columnsOf, refuseTaken} from "../table.js";

export function renameColumns(step: Step): string {
  const table = only(step);
  const renames = step.args.maps("columns");
  columnsOf(
    table,
    renames.map((rename) => rename.text("column_name"))
  );
  const names = new Map(
    renames.map((rename) => [columnOf(table, rename.text("column_name")).name, rename.text("new_name")])
  );
  refuseTaken(
    table.columns.filter(({name}) => !names.has(name)),
    [...names.values()]
  );
  const columns = table.columns.map(
    ({name}) => `${identifier(name)} AS ${identifier(names.get(name) ?? name)}`
  );
  return `SELECT ${columns.join(", ")} FROM ${identifier(table.name)}`;
}
