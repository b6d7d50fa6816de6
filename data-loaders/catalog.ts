// The file that says where every other one came from, for a page's "data from …".
import {dataFiles, type CheckedConfig} from "../lib/config/index.js";
import {allOf, withContext} from "./error.js";
import type {Row} from "../lib/tabular/json-rows.js";
import {entryOf, isOwn, type Pulled} from "./file-request.js";
import type {SourceState} from "./source-state.js";

/**
 * One row a file under data/, in the config's order: `file` its name without extension; `kind` dataset or model; `app`, `name`
 * and `id` of what it was made from; `modified_at` when that last changed on the platform; `bytes` the size of the dataset's CSV
 * there; `rows` of the file, where it is known; `pulled_at` when it was pulled; `changed_at` when new data last made it another file,
 * and `rows_before` how many rows it had until then: both null as long as it is the first; `stale_since` when it could first not be
 * pulled again, so that it is the last good data, and `problem` why: both null as long as all is well.
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
  pulled_at: "TIMESTAMP",
  changed_at: "TIMESTAMP",
  rows_before: "BIGINT",
  stale_since: "TIMESTAMP",
  problem: "VARCHAR"
};

/** What is known about a file by the code that pulls it. */
export interface FileFacts {
  rows: number | null;
  pulledAt: string;
  changed?: {at: string; rowsBefore: number} | undefined;
  stale?: {since: string; message: string} | undefined;
}

/**
 * @param stateOf what a source is now, or was when it could last be asked
 * @param factsOf what is known of the file of a name, without extension
 */
export async function catalogRows(
  config: CheckedConfig,
  stateOf: (source: Pulled, file: string) => Promise<SourceState>,
  factsOf: (file: string) => FileFacts
): Promise<Row[]> {
  const sources = [...dataFiles(config)].flatMap(([file, source]) =>
    isOwn(source) ? [] : [[file, source] as const]
  );
  return allOf(
    sources.map(([file, source]) =>
      withContext(entryOf(file, source), async () => {
        const {name = null, id = null, modified_at = null, bytes = null} = await stateOf(source, file);
        const {rows, pulledAt: pulled_at, changed, stale} = factsOf(file);
        return {
          file,
          kind: source.kind,
          app: source.app,
          name,
          id,
          modified_at,
          bytes,
          rows,
          pulled_at,
          changed_at: changed?.at ?? null,
          rows_before: changed?.rowsBefore ?? null,
          stale_since: stale?.since ?? null,
          problem: stale?.message ?? null
        };
      })
    )
  );
}
