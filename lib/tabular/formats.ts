// The formats that a page can ask for, and what writing one comes to.

/** The extensions of files that pages can ask for. */
export const formats = ["parquet", "arrow", "csv", "json"] as const;

/** The extension of a file under data/, which says how it is written. */
export type Format = (typeof formats)[number];

/** Columns by their names: each one's type in DuckDB. */
export type ColumnNames = Record<string, string>;

/** A file that was written. */
export interface Written {
  rows: number;
  /** The columns of what was written, each with its type in DuckDB. */
  columns: ColumnNames;
  /** What isn't written as it is, a sentence for each column. */
  warnings: string[];
}
