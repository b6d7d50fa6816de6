// A row of data/catalog.json: where a file comes from, and how old it is.

export interface CatalogEntry {
  /** The file's name under data/, without extension. */
  file: string;
  /** `editions` are a dataset's contents of several refreshes. */
  kind: "dataset" | "editions" | "model";
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
  /** When new data last made it another file, and how many rows it had until then; null as long as it is the first. */
  changed_at: string | null;
  rows_before: number | null;
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

/** What files are made of: each dataset and model once, by the file of it that `isBetter` prefers to another. */
export function sourcesOf(
  catalog: CatalogEntry[],
  isBetter: (one: CatalogEntry, other: CatalogEntry) => boolean
): CatalogEntry[] {
  const sources = new Map<string, CatalogEntry>();
  for (const entry of catalog) {
    if (entry.kind === "editions") continue; // of a dataset that has a file of its own
    const key = JSON.stringify([entry.app, entry.kind, entry.name]);
    const known = sources.get(key);
    if (!known || isBetter(entry, known)) sources.set(key, entry);
  }
  return [...sources.values()];
}

/** Whether a file tells more of its source than another: it has the source's rows, or a row for each version of a model. */
export function tellsMore(one: CatalogEntry, other: CatalogEntry): boolean {
  return one.kind === "model" ? one.file.endsWith("-versions") : (one.rows ?? 0) > (other.rows ?? 0);
}
