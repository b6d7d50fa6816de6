// Makes files in a working folder, from what they come from.
import {mkdtemp, writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {CheckedConfig} from "../lib/config/index.js";
import {confine, withDuckDB} from "../lib/tabular/duckdb.js";
import {createTable, type Row} from "../lib/tabular/json-rows.js";
import {literal} from "../lib/tabular/quote.js";
import {catalogColumns} from "./catalog.js";
import {EntryContents, makeOne, type Source} from "./contents.js";
import {stageDataset, type Staged} from "./dataset.js";
import {allOf, withContext} from "./error.js";
import {entryOf, type DatasetRequest, type FileRequest, type FileRequestOf} from "./file-request.js";
import {flowList} from "./flows.js";
import {makeFile, type FileResult, type PullContext} from "./make-file.js";
import {modelColumns, modelRows} from "./model-versions.js";
import {runOnPlatform, runsOnPlatform} from "./platform-query.js";
import {readAsText, restoreTypes} from "./query-types.js";
import {mayHaveSeries, seriesOrder} from "./series-order.js";
import {specs} from "./source-state.js";

/**
 * Makes all files that are wanted of one dataset, or of one query that runs on the platform: it is downloaded and converted once.
 * `isAlone` when there is no other.
 */
export async function makeFromDataset(
  group: [DatasetRequest, ...DatasetRequest[]],
  isAlone: boolean,
  context: PullContext
): Promise<FileResult[]> {
  const entries = [...new Set(group.map((request) => entryOf(request.name, request)))].join(", ");
  const source = await withContext(entries, () => stage(group[0], isAlone, context));
  for (const warning of source.warnings) context.onWarning(`${entries}: ${warning}`);
  const contents = new EntryContents(source, context);
  return allOf(
    group.map((request) =>
      withContext(entryOf(request.name, request), async () => {
        const {keep = 1} = request;
        const isKept = request.kind === "editions" || (keep > 1 && context.history !== undefined);
        const kept = isKept ? await contents.kept(request, keep) : undefined;
        const result = await makeOne(request, {source, contents, kept: kept?.contents}, context);
        return {...result, ...(kept?.keep && {keep: kept.keep})};
      })
    )
  );
}

/** What of a dataset is sorted by where its entry doesn't say it. */
const findSeries = (staged: Staged, {folder, conversions, signal}: PullContext) =>
  conversions(() =>
    withDuckDB({folder, columns: Object.keys(staged.columns).length, signal}, async (connection) => {
      await confine(connection, [staged.file]);
      return seriesOrder(connection, `read_parquet(${literal(staged.file)})`, staged);
    })
  );

async function stage(request: DatasetRequest, isAlone: boolean, context: PullContext): Promise<Source> {
  const {file} = request;
  const {find, onProgress} = context;
  const options = {
    ...context,
    isAlone,
    folder: await mkdtemp(join(context.folder, "dataset-")),
    into: context.staging,
    onDownload: (done: number, total?: number) => onProgress({file, step: "download", done, total}),
    onConvert: (percent: number) => onProgress({file, step: "convert", done: percent, total: 100})
  };
  if (!runsOnPlatform(request)) {
    const staged = await stageDataset(await find.dataset(request), options);
    let series: Promise<string[] | undefined> | undefined;
    return {
      ...staged,
      series: () =>
        (series ??= mayHaveSeries(staged) ? findSeries(staged, context) : Promise.resolve(undefined))
    };
  }
  const onRun = (percent = 0) => onProgress({file, step: "run", done: percent, total: 100});
  const {dataset, columns, confirm} = await runOnPlatform(request, {
    ...options,
    onRun
  });
  const staged = await stageDataset(readAsText(dataset, columns), options);
  await confirm();
  const {sql, warnings} = await context.conversions(() => restoreTypes(staged, columns, options));
  return {
    ...staged,
    warnings: [...staged.warnings, ...warnings],
    restored: sql,
    series: () => Promise.resolve(undefined)
  };
}

/** Makes one of a model's tables. */
export function makeFromModel(request: FileRequestOf<"model">, context: PullContext): Promise<FileResult> {
  return withContext(entryOf(request.name, request), async () => {
    const {table} = request;
    const {model, versions} = await context.find.model(request);
    return makeFromRows(request, context, modelColumns[table], modelRows(table, model, versions));
  });
}

/** Makes the catalog of its rows. */
export const makeCatalog = (request: FileRequestOf<"catalog">, context: PullContext, rows: Row[]) =>
  withContext(entryOf(request.name, request), () => makeFromRows(request, context, catalogColumns, rows));

/** Makes the list of flows, so that a page knows them without asking anybody. */
export const makeFlows = (request: FileRequestOf<"flows">, context: PullContext, config: CheckedConfig) =>
  makeJson(request, context, () => flowList(config, context));

/** Makes the list of facets and models, by which a page can build definitions. */
export const makeSpecs = (request: FileRequestOf<"specs">, context: PullContext) =>
  makeJson(request, context, () => specs(context.client, context.signal));

/** Makes a file of nested values, which DuckDB would have to be taught the types of. */
async function makeJson(
  request: FileRequest,
  context: PullContext,
  ask: () => Promise<object>
): Promise<FileResult> {
  const value = await ask();
  const path = join(context.staging, request.file);
  await writeFile(path, JSON.stringify(value));
  context.onProgress({file: request.file, step: "done"});
  const rows = Array.isArray(value) ? value.length : Object.keys(value).length;
  return {request, path, rows, columns: {}};
}

const makeFromRows = (
  request: FileRequest,
  context: PullContext,
  types: Record<string, string>,
  rows: Row[]
) =>
  makeFile(request, context, undefined, async (connection) => {
    await createTable(connection, types, rows);
    return {name: "result"};
  });
