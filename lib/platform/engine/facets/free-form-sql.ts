// FREE_FORM_SQL: a SELECT over the input tables.
import {FacetError} from "../failure.js";
import {guardQuery} from "../sql-guard.js";
import type {Step} from "../step.js";

/**
 * The query knows each table by the `table_name` on its arrow or by the name of the facet it comes from; the first one
 * is `dataset` too, and all are `table_1`, `table_2`, … in the order of the arrows.
 */
export async function freeFormSql(step: Step): Promise<string> {
  const tables = new Map<string, string>();
  const wanted: {name: string; table: string; given: boolean}[] = step.inputs.flatMap(
    ({table, from, arguments: args}, i) => [
      ...(typeof args.table_name === "string" && args.table_name
        ? [{name: args.table_name, table: table.name, given: true}]
        : []),
      ...(from ? [{name: from, table: table.name, given: false}] : []),
      ...(i === 0 ? [{name: "dataset", table: table.name, given: false}] : []),
      {name: `table_${i + 1}`, table: table.name, given: false}
    ]
  );
  // Names that somebody chose go before those that come by themselves.
  for (const {name, table, given} of wanted.sort((a, b) => Number(b.given) - Number(a.given))) {
    const taken = [...tables.keys()].some((other) => other.toLowerCase() === name.toLowerCase());
    if (taken && given)
      throw new FacetError(`two tables are called '${name}': give their arrows different names`);
    if (!taken) tables.set(name, table);
  }
  return guardQuery(step.database, step.args.text("query"), tables);
}
