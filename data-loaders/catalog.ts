// The file that says where every other one came from, for a page's "data from …".
import {dataFiles, type CheckedConfig} from "../lib/config/index.js";
import {allOf, withContext} from "./error.js";
import type {Lookup} from "./lookup.js";
import type {Row} from "../lib/tabular/json-rows.js";
import {entryOf, isOwn, type Pulled} from "./file-request.js";

/**
 * One row a file under data/, in the config's order: `file` its name without extension; `kind` dataset or model; `app`, `name`
 * and `id` of what it was made from; `modified_at` when that last changed on the platform; `bytes` the size of the dataset's CSV
 * there; `rows` of the file, where it was pulled together with this one; `pulled_at` when this was asked.
 */
export const catalogColumns = {
  file: "VARCHAR",
  kind: "VARCHAR",
  app: "VARCHAR",
  name: "VARCHAR",
  id: "VARCHAR",
  modified_at: "TIMESTAMP",
  bytes: "BIGINT",
  rows: "BIGINT",
  pulled_at: "TIMESTAMP"
};

/** @param rows of the files that were pulled together with the catalog, by name without extension */
export async function catalogRows(
  config: CheckedConfig,
  find: Lookup,
  rows: ReadonlyMap<string, number>
): Promise<Row[]> {
  const pulled_at = new Date().toISOString();
  const sources = [...dataFiles(config)].flatMap(([file, source]) =>
    isOwn(source) ? [] : [[file, source] as const]
  );
  return allOf(
    sources.map(([file, source]) =>
      withContext(entryOf(file, source), async () => {
        const item = await describe(source, find);
        return {file, kind: source.kind, ...item, rows: rows.get(file) ?? null, pulled_at};
      })
    )
  );
}

async function describe(source: Pulled, find: Lookup): Promise<Row> {
  const {app} = source;
  if (source.kind === "dataset") {
    const {name, datasetId: id, modifiedAt, size: bytes} = await find.dataset(source);
    return {app, name, id, modified_at: modifiedAt.toISOString(), bytes};
  }
  const {model, versions} = await find.model(source);
  // A new version need not touch the model's own time.
  const modified = Math.max(...[model, ...versions].map(({modifiedAt}) => modifiedAt.getTime()));
  return {
    app,
    name: model.name,
    id: model.modelId,
    modified_at: new Date(modified).toISOString(),
    bytes: null
  };
}
