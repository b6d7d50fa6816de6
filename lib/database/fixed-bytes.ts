// Values of a fixed number of bytes, on their way into DuckDB.
import type {DataType, Field} from "apache-arrow";
import type {Arrow, Column} from "./column.js";
import {mapColumns} from "./map-columns.js";

/**
 * The Arrow IPC stream with values of varying length in place of those of a fixed one: after a missing value DuckDB 1.1 reads the one
 * before, and so on to the end. A stream without such columns is given back as it is.
 */
export function varyingBytes(stream: Uint8Array, arrow: Arrow): Uint8Array {
  const table = arrow.tableFromIPC(stream);
  if (!table.schema.fields.some(({type}: Field<DataType>) => hasFixed(type, arrow))) return stream;
  return arrow.tableToIPC(
    mapColumns(table, (column) => varying(column, arrow), arrow),
    "stream"
  );
}

const hasFixed = (type: DataType, arrow: Arrow): boolean =>
  arrow.DataType.isFixedSizeBinary(type) ||
  ((type.children ?? []) as Field<DataType>[]).some((child) => hasFixed(child.type, arrow));

function varying({type, parts}: Column, arrow: Arrow): Column | undefined {
  if (!arrow.DataType.isFixedSizeBinary(type)) return undefined;
  const {byteWidth} = type;
  const binary = new arrow.Binary();
  return {
    type: binary,
    parts: parts.map(({length, nullCount, nullBitmap, values}) => {
      const valueOffsets = Int32Array.from({length: length + 1}, (_, row) => row * byteWidth);
      return arrow.makeData({
        type: binary,
        length,
        nullCount,
        nullBitmap,
        valueOffsets,
        data: values as Uint8Array
      });
    })
  };
}
