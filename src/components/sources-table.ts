// Where the data of the pages comes from and how old it is: one row a dataset or model.
import {timeOf, type CatalogEntry} from "./catalog.js";
import {dataTable} from "./data-table.js";
import {formatAgo, formatInteger} from "./format.js";

/** A table of all that the pages show, by the catalog. */
export function sourcesTable(catalog: CatalogEntry[]): HTMLElement {
  const sources = new Map(catalog.map((entry) => [`${entry.app}/${entry.kind}/${entry.name}`, entry]));
  // Several files may come of one dataset: the largest has all its rows, and the one that is stale counts.
  for (const entry of catalog) {
    const key = `${entry.app}/${entry.kind}/${entry.name}`;
    const known = sources.get(key)!;
    const isMore = (entry.rows ?? 0) > (known.rows ?? 0);
    if (entry.stale_since ? !known.stale_since : isMore && !known.stale_since) sources.set(key, entry);
  }
  const ago = (time: unknown) => formatAgo(timeOf(time as string).toISOString());
  return dataTable(
    Array.from(sources.values(), (entry) => ({
      ...entry,
      state: entry.stale_since ? "Not up to date" : "Up to date"
    })),
    {
      label: "Where the data comes from",
      columns: [
        {name: "name", label: "Source"},
        {name: "app", label: "App"},
        {name: "kind", label: "Kind"},
        {name: "rows", label: "Rows", format: (rows) => formatInteger(rows as number)},
        {name: "modified_at", label: "Changed in Ikigai", format: ago},
        {name: "pulled_at", label: "Pulled", format: ago},
        {name: "state", label: "State"}
      ]
    }
  );
}
