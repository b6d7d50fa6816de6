// Makes files in a working folder, from what they come from.
import {mkdtemp, writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import type {LimitFunction} from "p-limit";
import type {Ikigai} from "../lib/client/index.js";
import type {CheckedConfig} from "../lib/config/index.js";
import {catalogColumns} from "./catalog.js";
import {stageDataset, type Staged} from "./dataset.js";
import {confine, withDuckDB} from "../lib/tabular/duckdb.js";
import {literal} from "../lib/tabular/quote.js";
import {allOf, withContext} from "./error.js";
import {flowList} from "./flows.js";
import {writeFormat} from "../lib/tabular/format.js";
import type {Lookup} from "./lookup.js";
import {modelColumns, modelRows} from "./model-versions.js";
import {runOnPlatform, runsOnPlatform} from "./platform-query.js";
import {readAsText, restoreTypes} from "./query-types.js";
import {partsOf, rowsOfPart} from "./parts.js";
import {contentRelation, queryOf, type Relation, type RelationSource} from "./relation.js";
import {mayHaveSeries, seriesOrder} from "./series-order.js";
import {digest, specs} from "./source-state.js";
import type {ColumnNames} from "../lib/tabular/formats.js";
import {createTable, type Row} from "../lib/tabular/json-rows.js";
import {planContent, type Edition} from "./history.js";
import {editionsRelation} from "./editions.js";
import {accountOf} from "./manifest.js";
import {
  datasetKey,
  entryOf,
  type DatasetRequest,
  type FileRequest,
  type FileRequestOf
} from "./file-request.js";

/** How far a file has come. */
export interface PullProgress {
  /** Its name with extension; where several are made of one dataset, the first of them while it is downloaded and converted. */
  file: string;
  step: "run" | "download" | "convert" | "done";
  /** Of a download the bytes that have come, and all where the platform says; of a run or a conversion the percents of 100. */
  done?: number;
  total?: number;
}

/** What every file of a pull shares. */
export interface PullContext {
  /** For what is needed while files are made: what was downloaded, and what spills from memory. */
  folder: string;
  /** Where files are made, on the disk that they go to. */
  staging: string;
  client: Ikigai;
  find: Lookup;
  downloads: LimitFunction;
  /** DuckDB's turn: each conversion uses every core and its share of the memory. */
  conversions: LimitFunction;
  onProgress: (progress: PullProgress) => void;
  onWarning: (warning: string) => void;
  /** What tells this project's flows on the platform from those of others. */
  project?: string | undefined;
  /** Where contents are kept: see `MakeOptions`. */
  history?: string | undefined;
  /** When the pull began, for the contents that are kept. */
  pulledAt: Date;
  signal?: AbortSignal;
}

/** A file that was made, still in the staging folder. */
export interface FileResult {
  request: FileRequest;
  path: string;
  rows: number;
  /** Each column's type in DuckDB; nothing for JSON that is no table. */
  columns: ColumnNames;
  /** Adds the content to those that are kept of its entry; to be called when the file is delivered, once however many have it. */
  keep?: () => Promise<void>;
}

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

/** What the entries of one dataset give, as Parquet files of which others are made, each made once. */
class EntryContents {
  readonly #whole = new Map<string, Promise<FileResult>>();
  readonly #kept = new Map<string, ReturnType<typeof keepContent>>();

  constructor(
    private readonly source: Source,
    private readonly context: PullContext
  ) {}

  /** What an entry gives now. What it warns of is told of the files that are asked for. */
  whole(request: DatasetRequest): Promise<FileResult> {
    const key = datasetKey(request);
    const quiet = {...this.context, onProgress: () => {}, onWarning: () => {}};
    const file = `.content-${key}.parquet`;
    return once(this.#whole, key, () =>
      makeContent({...request, file, format: "parquet"}, this.source, quiet)
    );
  }

  /** All contents that are kept of an entry. */
  kept(request: DatasetRequest, keep: number): ReturnType<typeof keepContent> {
    return once(this.#kept, datasetKey(request), async () =>
      keepContent(request, keep, (await this.whole(request)).path, this.context)
    );
  }
}

/** Remembers what was made of each key. */
function once<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  if (!made.has(key)) made.set(key, make());
  return made.get(key)!;
}

interface Made {
  source: Source;
  contents: EntryContents;
  /** All contents that are kept of the request's entry. */
  kept: Content[] | undefined;
}

async function makeOne(
  request: DatasetRequest,
  {source, contents, kept}: Made,
  context: PullContext
): Promise<FileResult> {
  switch (request.kind) {
    case "editions":
      return makeEditions(request, kept!, source, context);
    case "part":
    case "parts":
      return makeParts(request, await contents.whole(request), context);
    case "dataset":
      return makeContent(request, source, context);
  }
}

/** Makes a part of what an entry gives now, or the list of all. */
function makeParts(
  request: FileRequestOf<"part" | "parts">,
  {path, columns}: FileResult,
  context: PullContext
): Promise<FileResult> {
  const reads = {files: [path], columns: Object.keys(columns).length};
  return makeFile(request, context, reads, async (connection) => {
    await connection.run(`CREATE VIEW whole AS FROM read_parquet(${literal(path)})`);
    const partition = request.partition!;
    const parts = await partsOf(connection, "whole", partition);
    if (request.kind === "parts") {
      const types = {part: "VARCHAR", value: "VARCHAR", rows: "BIGINT"};
      await createTable(
        connection,
        types,
        parts.map((part) => ({...part}))
      );
      return {name: "result"};
    }
    const found = parts.find(({part}) => part === request.part);
    // A part that is gone has no rows, until its module is made again.
    return {
      name: "whole",
      rows: found ? rowsOfPart("whole", partition, found.value) : "(FROM whole LIMIT 0)"
    };
  });
}

/** Makes a file of what an entry gives now. */
async function makeContent(
  request: DatasetRequest,
  source: Source,
  context: PullContext
): Promise<FileResult> {
  const {file, format, rowGroup} = request;
  const query = queryOf(request, source);
  const sort = request.sort ?? (query === undefined && (await source.series()));
  if (format === "parquet" && query === undefined && !sort && rowGroup === undefined) {
    context.onProgress({file, step: "done"});
    return {request, path: source.file, rows: source.rows, columns: source.columns};
  }
  const reads = {files: [source.file], columns: Object.keys(source.columns).length};
  return makeFile(request, context, reads, (connection) =>
    contentRelation(connection, query, sort || undefined, source)
  );
}

type Content = Pick<Edition, "path" | "pulledAt">;

/** All contents that are kept with what an entry gives now, and what keeps that, if there is a folder for it. */
async function keepContent(
  request: DatasetRequest,
  keep: number,
  path: string,
  context: PullContext
): Promise<{contents: Content[]; keep?: () => Promise<void>}> {
  const {client, history, pulledAt, onWarning} = context;
  if (history === undefined) return {contents: [{path, pulledAt: pulledAt.toISOString()}]};
  const {app, dataset, sql, summary} = request;
  const {contents, warnings, add} = await planContent({
    folder: join(history, digest(accountOf(client)).slice(0, 16)),
    key: datasetKey(request),
    keep,
    parquet: path,
    pulledAt,
    source: {app, dataset, ...(sql !== undefined && {sql}), ...(summary && {summary})}
  });
  for (const warning of warnings) onWarning(`${entryOf(request.name, request)}: ${warning}`);
  return {contents, keep: add};
}

/** Makes a file of all contents that are kept of an entry. */
function makeEditions(
  request: FileRequestOf<"editions">,
  contents: Content[],
  source: Source,
  context: PullContext
): Promise<FileResult> {
  const files = contents.map(({path}) => path);
  const columns = Object.keys(source.columns).length * files.length;
  return makeFile(request, context, {files, columns}, async (connection) => {
    for (const warning of await editionsRelation(connection, contents, request.sort || []))
      context.onWarning(`${entryOf(request.name, request)}: ${request.file}: ${warning}`);
    return {name: "result"};
  });
}

/** A dataset as a Parquet file, and the order of its series, which is looked for once. */
type Source = Staged & RelationSource & {series: () => Promise<string[] | undefined>};

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
  const {dataset, columns, confirm} = await runOnPlatform(request, {...options, onRun});
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

/**
 * Makes one file of a relation.
 * @param reads the files that the relation is read from, if any, and how many columns that makes
 * @param prepare makes the relation
 */
function makeFile(
  request: FileRequest,
  {folder, staging, conversions, onProgress, onWarning, signal}: PullContext,
  reads: {files: string[]; columns: number} | undefined,
  prepare: (connection: DuckDBConnection) => Promise<Relation>
): Promise<FileResult> {
  const {file, format} = request;
  const rowGroup = "rowGroup" in request ? request.rowGroup : undefined;
  return conversions(async () => {
    signal?.throwIfAborted();
    const onConvert = (percent: number) => onProgress({file, step: "convert", done: percent, total: 100});
    onConvert(0);
    const path = join(staging, file);
    const session = {folder, columns: reads?.columns, onProgress: onConvert, signal};
    const {rows, columns, warnings} = await withDuckDB(session, async (connection) => {
      await confine(connection, [...(reads?.files ?? []), path]);
      const {name, rows} = await prepare(connection);
      return writeFormat(connection, name, format, path, {rows, rowGroup});
    });
    for (const warning of warnings) onWarning(`${entryOf(request.name, request)}: ${file}: ${warning}`);
    onProgress({file, step: "done"});
    return {request, path, rows, columns};
  });
}
