// A table of a dataset's columns.
import {dataTable} from "./data-table.js";
import {formatInteger, formatShare} from "./format.js";
import type {ColumnProfile} from "npm:ikigai-kit/metrics";
import {endTexts} from "npm:ikigai-kit/page";

/** One row a column. */
export const profileTable = (columns: ColumnProfile[]) =>
  dataTable(
    columns.map((column) => ({...column, ...endTexts(column)})),
    {
      label: "Columns",
      unit: "column",
      columns: [
        {name: "column", label: "Column"},
        {name: "type", label: "Type"},
        {name: "missing", label: "Missing", format: (n, row) => missing(n as number, row.rows as number)},
        {name: "distinct", label: "Distinct", format: (n) => formatInteger(n as number)},
        {name: "min", label: "Smallest", align: "right"},
        {name: "max", label: "Largest", align: "right"}
      ]
    }
  );

const missing = (n: number, rows: number) => (n ? `${formatInteger(n)} (${formatShare(n / rows)})` : "none");
