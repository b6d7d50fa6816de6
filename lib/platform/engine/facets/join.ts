// JOIN: the rows of two tables side by side where their key columns have equal values.
import {FacetError} from "../failure.js";
import {identifier} from "../../../tabular/quote.js";
import {rowOrder} from "../row-order.js";
import {sides, type Step} from "../step.js";
import {asTime, type Column, namedColumns, kindOf, refuseTaken, type Table} from "../table.js";

/**
 * In the order of the left table's rows, then the right one's. The right table's keys are left out where they are called
 * as the left one's; other columns of one name get suffixes.
 */
export async function join(step: Step): Promise<string> {
  const {args} = step;
  const [left, right] = sides(step, "left", "right");
  const option = args.text("option");
  const keys = option === "cross" ? [] : keysOf(step, left, right);
  const l = await rowOrder(step, left);
  const r = await rowOrder(step, right);
  const columns = outputColumns(step, left, right, keys);
  const on = keys.length > 0 ? ` ON ${keys.map(equality).join(" AND ")}` : "";
  return (
    `SELECT ${columns.join(", ")} FROM ${l.from} AS l ${option.toUpperCase()} JOIN ${r.from} AS r${on} ` +
    `ORDER BY l.${l.row} NULLS LAST, r.${r.row}`
  );
}

interface Key {
  left: Column;
  right: Column;
}

function keysOf({args}: Step, left: Table, right: Table): Key[] {
  const lefts = namedColumns(left, args.texts("left_columns"));
  const rights = namedColumns(right, args.texts("right_columns"));
  if (lefts.length === 0 || lefts.length !== rights.length) {
    throw new FacetError(
      `'left_columns' has ${lefts.length} columns and 'right_columns' ${rights.length}: name at least one pair of keys`
    );
  }
  return lefts.map((column, i) => ({left: column, right: rights[i]!}));
}

/** Columns that have the same meaning compare though their types differ; text and numbers don't. */
function equality({left, right}: Key): string {
  const [a, b] = [kindOf(left.type), kindOf(right.type)];
  if (a !== b) {
    if (a === "time" || b === "time") return `${asTime(left, "l.")} = ${asTime(right, "r.")}`;
    throw new FacetError(
      `column '${left.name}' is ${left.type} and '${right.name}' ${right.type}, which are never equal: CONVERT one of them first`
    );
  }
  return `l.${identifier(left.name)} = r.${identifier(right.name)}`;
}

function outputColumns({args}: Step, left: Table, right: Table, keys: Key[]): string[] {
  const same = (a: Column, b: Column) => a.name.toLowerCase() === b.name.toLowerCase();
  const merged = keys.filter((key) => same(key.left, key.right));
  const rightColumns = right.columns.filter((column) => !merged.some((key) => key.right === column));
  const outputs = [
    ...left.columns.map((column) => {
      const name = identifier(column.name);
      const key = merged.find((candidate) => candidate.left === column);
      const clashes = rightColumns.some((other) => same(other, column));
      return {
        // Where only the right table has the row, only it has the key.
        sql: key ? `coalesce(l.${name}, r.${identifier(key.right.name)})` : `l.${name}`,
        name: column.name + (clashes ? args.text("left_suffix") : "")
      };
    }),
    ...rightColumns.map((column) => ({
      sql: `r.${identifier(column.name)}`,
      name: column.name + (left.columns.some((other) => same(other, column)) ? args.text("right_suffix") : "")
    }))
  ];
  refuseTaken(
    [],
    outputs.map(({name}) => name)
  );
  return outputs.map(({sql, name}) => `${sql} AS ${identifier(name)}`);
}
