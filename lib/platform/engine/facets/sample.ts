// SAMPLE: some rows, chosen at random but the same ones each time.
import {FacetError} from "../failure.js";
import {identifiers} from "../../../tabular/quote.js";
import {rowOrder} from "../row-order.js";
import {only, type Step} from "../step.js";
import {columnNames} from "../table.js";

/** Rows are drawn by a hash of their number and the seed, and stay in their order. */
export async function sample(step: Step): Promise<string> {
  const {args} = step;
  const table = only(step);
  const rows = args.optionalNumber("number_of_rows");
  const fraction = args.optionalNumber("fraction");
  if ((rows === undefined) === (fraction === undefined)) {
    throw new FacetError("give either 'number_of_rows' or 'fraction'");
  }
  if (fraction !== undefined && !(fraction > 0 && fraction <= 1)) {
    throw new FacetError(`argument 'fraction' is ${fraction}: give a number above 0 and up to 1`);
  }
  const {from, row} = await rowOrder(step, table);
  const size =
    rows === undefined
      ? `round(${fraction} * (SELECT count(*) FROM ${from}))::BIGINT`
      : args.count("number_of_rows");
  return (
    `SELECT ${identifiers(columnNames(table))} FROM ${from} WHERE ${row} IN (` +
    `SELECT ${row} FROM ${from} ORDER BY hash(${row}, ${args.number("seed")}::DOUBLE), ${row} LIMIT (${size})) ORDER BY ${row}`
  );
}
