// Makes files in a working folder, from what they come from.
import {mkdtemp, writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import type {Ikigai} from "../lib/client/index.js";
import type {CheckedConfig} from "../lib/config/index.js";
import {catalogColumns, catalogRows} from "./catalog.js";
import {stageDataset, type Staged} from "./dataset.js";
import {confine, literal, withDuckDB} from "../lib/client/duckdb.js";
import {allOf, telling} from "./error.js";
import {flowList} from "./flows.js";
import {writeFormat} from "./format.js";
import type {Limit} from "./limit.js";
import type {Lookup} from "./lookup.js";
import {modelColumns, modelRows} from "./model-versions.js";
import {runQuery} from "./query.js";
import {createTable, type Row} from "./table.js";
import {entryOf, type Wanted, type WantedOf} from "./wanted.js";

/** How far a file has come. */
export interface PullProgress {
  /** Its name with extension; where several are made of one dataset, the first of them while it is downloaded and converted. */
  file: string;
  step: "download" | "convert" | "done";
  /** Of a download the bytes that have come, and all where the platform says; of a conversion the percents of 100. */
  done?: number;
  total?: number;
}

/** What the making of every file of a pull shares. */
export interface Workshop {
  /** Where files are made; the pull removes it. */
  folder: string;
  client: Ikigai;
  find: Lookup;
  downloads: Limit;
  /** DuckDB's turn: each conversion uses every core and its share of the memory. */
  conversions: Limit;
  onProgress: (progress: PullProgress) => void;
  onWarning: (warning: string) => void;
  signal?: AbortSignal;
}

/** A file that was made, still in the working folder. */
export interface Made {
  wanted: Wanted;
  path: string;
  rows: number;
}

/** Makes all files that are wanted of one dataset, which is downloaded and converted once; `isAlone` when there is no other. */
export async function makeFromDataset(
  group: [WantedOf<"dataset">, ...WantedOf<"dataset">[]],
  isAlone: boolean,
  workshop: Workshop
): Promise<Made[]> {
  const entries = [...new Set(group.map((wanted) => entryOf(wanted.name, wanted)))].join(", ");
  const staged = await telling(entries, () => stage(group[0], isAlone, workshop));
  for (const warning of staged.warnings) workshop.onWarning(`${entries}: ${warning}`);
  return allOf(
    group.map((wanted) =>
      telling(entryOf(wanted.name, wanted), async () => {
        const {file, format, sql} = wanted;
        if (format === "parquet" && sql === undefined) {
          workshop.onProgress({file, step: "done"});
          return {wanted, path: staged.file, rows: staged.rows};
        }
        return makeFile(wanted, workshop, staged, async (connection) => {
          await connection.run(`CREATE VIEW dataset AS FROM read_parquet(${literal(staged.file)})`);
          if (sql === undefined) return "dataset";
          await runQuery(connection, sql);
          return "result";
        });
      })
    )
  );
}

async function stage(wanted: WantedOf<"dataset">, isAlone: boolean, workshop: Workshop): Promise<Staged> {
  const {file} = wanted;
  const {find, onProgress} = workshop;
  return stageDataset(await find.dataset(wanted), {
    ...workshop,
    isAlone,
    folder: await mkdtemp(join(workshop.folder, "dataset-")),
    onDownload: (done, total) => onProgress({file, step: "download", done, total}),
    onConvert: (percent) => onProgress({file, step: "convert", done: percent, total: 100})
  });
}

/** Makes one of a model's tables. */
export function makeFromModel(wanted: WantedOf<"model">, workshop: Workshop): Promise<Made> {
  return telling(entryOf(wanted.name, wanted), async () => {
    const {table} = wanted;
    const {model, versions} = await workshop.find.model(wanted);
    return makeFromRows(wanted, workshop, modelColumns[table], modelRows(table, model, versions));
  });
}

/** Makes the catalog, which tells of the files that were made before it. */
export function makeCatalog(
  wanted: WantedOf<"catalog">,
  workshop: Workshop,
  config: CheckedConfig,
  made: Made[]
): Promise<Made> {
  return telling(entryOf(wanted.name, wanted), async () => {
    const rows = new Map(made.map(({wanted, rows}) => [wanted.name, rows]));
    return makeFromRows(wanted, workshop, catalogColumns, await catalogRows(config, workshop.find, rows));
  });
}

/** Makes the list of flows, so that a page knows them without asking anybody. */
export const makeFlows = (wanted: WantedOf<"flows">, workshop: Workshop, config: CheckedConfig) =>
  makeJson(wanted, workshop, () => flowList(config, workshop));

/** Makes the list of facets and models, by which a page can build definitions. */
export const makeSpecs = (wanted: WantedOf<"specs">, workshop: Workshop) =>
  makeJson(wanted, workshop, async () => {
    const {client, signal} = workshop;
    const [facets, models] = await Promise.all([client.facetSpecs({signal}), client.modelSpecs({signal})]);
    return {facets, models};
  });

/** Makes a file of nested values, which DuckDB would have to be taught the types of. */
async function makeJson(wanted: Wanted, workshop: Workshop, ask: () => Promise<object>): Promise<Made> {
  const value = await ask();
  const path = join(workshop.folder, wanted.file);
  await writeFile(path, JSON.stringify(value));
  workshop.onProgress({file: wanted.file, step: "done"});
  return {wanted, path, rows: Array.isArray(value) ? value.length : Object.keys(value).length};
}

const makeFromRows = (wanted: Wanted, workshop: Workshop, types: Record<string, string>, rows: Row[]) =>
  makeFile(wanted, workshop, undefined, async (connection) => {
    await createTable(connection, types, rows);
    return "result";
  });

/**
 * Makes one file of a relation.
 * @param staged what the relation is read from, if anything
 * @param prepare makes the relation and returns its name
 */
function makeFile(
  wanted: Wanted,
  {folder, conversions, onProgress, signal}: Workshop,
  staged: Staged | undefined,
  prepare: (connection: DuckDBConnection) => Promise<string>
): Promise<Made> {
  const {file, format} = wanted;
  return conversions(async () => {
    signal?.throwIfAborted();
    const onConvert = (percent: number) => onProgress({file, step: "convert", done: percent, total: 100});
    onConvert(0);
    const path = join(folder, file);
    const session = {folder, columns: staged?.columns, onProgress: onConvert, signal};
    const rows = await withDuckDB(session, async (connection) => {
      await confine(connection, staged ? [staged.file, path] : [path]);
      return writeFormat(connection, await prepare(connection), format, path);
    });
    onProgress({file, step: "done"});
    return {wanted, path, rows};
  });
}
