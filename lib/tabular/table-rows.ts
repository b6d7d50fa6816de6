// A dataset's rows as plain objects, read off its Arrow table.
import {DataType, type Table, type Timestamp, type Vector} from "apache-arrow";
import type {Row} from "./csv-writer.js";
import {milliseconds} from "./milliseconds.js";

/** The rows by column: times as `Date`, integers beyond 32 bits as bigint, missing values as null. */
export function tableRows(table: Table): Row[] {
  const columns = table.schema.fields.map(({name, type}, i) => {
    const values = table.getChildAt(i)!;
    if (!DataType.isTimestamp(type)) return {name, at: (row: number): unknown => values.get(row)};
    const times = dates(values as Vector<Timestamp>);
    return {name, at: (row: number): unknown => times[row]};
  });
  return Array.from(
    {length: table.numRows},
    (_, row) => Object.fromEntries(columns.map(({name, at}) => [name, at(row)])) as Row
  );
}

/** Times as `Date`, to the millisecond. */
const dates = ({data}: Vector<Timestamp>): (Date | null)[] =>
  data.flatMap((part) =>
    Array.from({length: part.length}, (_, row) =>
      part.getValid(row) ? new Date(Number(milliseconds(part.values[row]!, part.type.unit))) : null
    )
  );
