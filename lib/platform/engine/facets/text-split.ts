// TEXT_SPLIT: cuts a text at a delimiter into new columns; the last one holds what is left.
import {FacetError} from "../failure.js";
import {identifier, literal} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";
import {columnOf, kindOf, refuseTaken} from "../table.js";

export function textSplit(step: Step): string {
  const {args} = step;
  const table = only(step);
  const column = columnOf(table, args.text("target_column"));
  if (kindOf(column.type) !== "text")
    throw new FacetError(`column '${column.name}' holds no text: CONVERT it to TEXT first`);
  const outputs = args.texts("output_column_names");
  refuseTaken(table.columns, outputs);
  const delimiter = literal(args.text("delimiter"));
  const parts = `string_split(${identifier(column.name)}, ${delimiter})`;
  const columns = outputs.map((output, i) => {
    const rest = `nullif(array_to_string(${parts}[${i + 1}:], ${delimiter}), '')`;
    return `${i === outputs.length - 1 ? rest : `${parts}[${i + 1}]`} AS ${identifier(output)}`;
  });
  return `SELECT *, ${columns.join(", ")} FROM ${identifier(table.name)}`;
}
