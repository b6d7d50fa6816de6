// A row of data/catalog.json: where a file comes from, and how old it is.

export interface CatalogEntry {
  /** The file's name under data/, without extension. */
  file: string;
  kind: "dataset" | "model";
  app: string;
  /** What it is called in Ikigai, and its id there. */
  name: string | null;
  id: string | null;
  modified_at: string | null;
  /** The size of the dataset's CSV. */
  bytes: number | null;
  /** Of the file, where it is known. */
  rows: number | null;
  pulled_at: string;
  /** Since when it could not be pulled again, and why. */
  stale_since: string | null;
  problem: string | null;
}

/** A time of the catalog. DuckDB writes timestamps in UTC without saying so. */
export const timeOf = (text: string): Date =>
  new Date(/Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(" ", "T")}Z`);

/** The newest of the times, or undefined if none is known. */
export function newest(times: (string | null)[]): Date | undefined {
  const known = times.filter((time) => time !== null).map((time) => +timeOf(time));
  return known.length ? new Date(Math.max(...known)) : undefined;
}
