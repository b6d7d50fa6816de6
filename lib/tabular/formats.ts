// The formats that a page can ask for, and what writing one comes to.

/** The extensions of files that pages can ask for. */
export const formats = ["parquet", "arrow", "csv", "json"] as const;

/** The extension of a file under data/, which says how it is written. */
export type Format = (typeof formats)[number];

/** A file that was written. */
export interface Written {
  rows: number;
  /** What isn't written as it is, a sentence for each column. */
  warnings: string[];
}
