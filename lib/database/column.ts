// A column of an Arrow table, batch by batch, and how its values are replaced by others.
import type * as ArrowModule from "apache-arrow";
import type {Data as AnyData, DataType} from "apache-arrow";

/** Arrow's module, which is fetched with the database and so can't be imported here. */
export type Arrow = typeof ArrowModule;

/** The values of a column in one batch. */
export type Data = AnyData<DataType>;

/** A column: its type, and its values in each of the table's batches. */
export interface Column {
  type: DataType;
  parts: Data[];
}

/** The column with other values, of the type that these arrays are of; what is missing stays missing. */
export function withNumbers(
  {parts}: Column,
  type: DataType,
  numbers: (Float64Array | BigInt64Array)[],
  {makeData}: Arrow
): Column {
  return {
    type,
    parts: parts.map(({length, nullCount, nullBitmap}, i) =>
      makeData({type, length, nullCount, nullBitmap, data: numbers[i]!} as never)
    )
  };
}

/** The column as text: `read` makes an ASCII text of the value of a row. */
export function asText(
  {parts}: Column,
  read: (part: Data, row: number, batch: number) => string,
  arrow: Arrow
): Column {
  const type = new arrow.Utf8();
  return {
    type,
    parts: parts.map((part, batch) => {
      const {length, nullCount, nullBitmap} = part;
      const texts = Array.from({length}, (_, row) => (part.getValid(row) ? read(part, row, batch) : ""));
      const valueOffsets = new Int32Array(length + 1);
      texts.forEach((text, row) => (valueOffsets[row + 1] = valueOffsets[row]! + text.length));
      const data = new TextEncoder().encode(texts.join(""));
      return arrow.makeData({type, length, nullCount, nullBitmap, valueOffsets, data});
    })
  };
}
