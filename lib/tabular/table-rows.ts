// A dataset's rows as plain objects, read off its Arrow table.
import {DataType, type Table} from "apache-arrow";
import type {Row} from "./csv-writer.js";

/** The rows by column: times as `Date`, integers beyond 32 bits as bigint, missing values as null. */
export function tableRows(table: Table): Row[] {
  const columns = table.schema.fields.map(({name, type}, i) => {
    const values = table.getChildAt(i)!;
    const value = (row: number): unknown => values.get(row);
    const time = (row: number) => {
      const milliseconds = value(row) as number | null;
      // A Date would cut what is finer than milliseconds towards 1970.
      return milliseconds === null ? null : new Date(Math.floor(milliseconds));
    };
    return {name, at: DataType.isTimestamp(type) ? time : value};
  });
  return Array.from(
    {length: table.numRows},
    (_, row) => Object.fromEntries(columns.map(({name, at}) => [name, at(row)])) as Row
  );
}
