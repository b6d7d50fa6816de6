// A table of a dataset's columns.
import {dataTable} from "./data-table.js";
import {formatInteger, formatShare} from "./format.js";
import type {ColumnProfile} from "npm:ikigai-kit/metrics";

/** One row a column. */
export const profileTable = (columns: ColumnProfile[]) =>
  dataTable(
    columns.map((column) => ({...column})),
    {
      label: "Columns",
      unit: "column",
      columns: [
        {name: "column", label: "Column"},
        {name: "type", label: "Type"},
        {name: "missing", label: "Missing", format: (n, row) => missing(n as number, row.rows as number)},
        {name: "distinct", label: "Distinct", format: (n) => formatInteger(n as number)},
        {name: "min", label: "Smallest", format: short},
        {name: "max", label: "Largest", format: short}
      ]
    }
  );

const missing = (n: number, rows: number) => (n ? `${formatInteger(n)} (${formatShare(n / rows)})` : "none");

/** A text of a cell: times without a time of day where that is midnight, whole numbers without ".0". */
const short = (value: unknown) => String(value).replace(/ 00:00:00$|\.0$/, "");
