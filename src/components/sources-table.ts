// Where the data of the pages comes from and how old it is: one row a dataset or model.
import {sourcesOf, tellsMore, timeOf, type CatalogEntry} from "./catalog.js";
import {dataTable} from "./data-table.js";
import {formatAgo, formatInteger} from "./format.js";

/** A table of all that the pages show, by the catalog. */
export function sourcesTable(catalog: CatalogEntry[]): HTMLElement {
  // Several files may come of one source: the one that is stale counts.
  const sources = sourcesOf(catalog, (one, other) =>
    one.stale_since ? !other.stale_since : !other.stale_since && tellsMore(one, other)
  );
  const ago = (time: unknown) => formatAgo(timeOf(time as string).toISOString());
  return dataTable(
    sources.map((entry) => ({...entry, state: entry.stale_since ? "Not up to date" : "Up to date"})),
    {
      label: "Where the data comes from",
      columns: [
        {name: "name", label: "Source"},
        {name: "app", label: "App"},
        {name: "kind", label: "Kind"},
        {
          name: "rows",
          label: "Rows",
          title: "Of a model, its versions",
          format: (rows) => formatInteger(rows as number)
        },
        {name: "modified_at", label: "Changed in Ikigai", format: ago},
        {name: "pulled_at", label: "Pulled", format: ago},
        {name: "state", label: "State"}
      ]
    }
  );
}
