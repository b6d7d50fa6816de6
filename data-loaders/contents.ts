// Makes the files of a dataset's entry: what it gives now, parts of that, and all contents that are kept of it.
import {mkdtemp, rm} from "node:fs/promises";
import {join} from "node:path";
import {confine, withDuckDB} from "../lib/tabular/duckdb.js";
import {createTable} from "../lib/tabular/json-rows.js";
import {literal} from "../lib/tabular/quote.js";
import type {Staged} from "./dataset.js";
import {editionsRelation} from "./editions.js";
import {datasetKey, entryOf, type DatasetRequest, type FileRequestOf} from "./file-request.js";
import {planContent, type Edition} from "./history.js";
import {isLargeSort, sortInRanges} from "./large-sort.js";
import {makeFile, type FileResult, type PullContext} from "./make-file.js";
import {accountOf} from "./manifest.js";
import {partsOf, rowsOfPart} from "./parts.js";
import {contentRelation, queryOf, type RelationSource} from "./relation.js";
import {digest} from "./source-state.js";
import {requireColumns} from "./unknown-column.js";

/** A dataset as a Parquet file, and the order of its series, which is looked for once. */
export type Source = Staged & RelationSource & {series: () => Promise<string[] | undefined>};

/** What the entries of one dataset give, as Parquet files of which others are made, each made once. */
export class EntryContents {
  readonly #whole = new Map<string, Promise<FileResult>>();
  readonly #kept = new Map<string, ReturnType<typeof keepContent>>();

  constructor(
    private readonly source: Source,
    private readonly context: PullContext
  ) {}

  /** What an entry gives now. Its warnings are given for the files that are asked for, but not for parts, whose warnings were given already. */
  whole(request: DatasetRequest): Promise<FileResult> {
    const key = datasetKey(request);
    const isParted = request.kind === "part" || request.kind === "parts";
    const quiet = {
      ...this.context,
      onProgress: () => {},
      ...(!isParted && {onWarning: () => {}})
    };
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

export async function makeOne(
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
    return {
      request,
      path: source.file,
      rows: source.rows,
      columns: source.columns
    };
  }
  const columns = Object.keys(source.columns).length;
  if (query === undefined && sort && isLargeSort(source)) {
    const folder = await mkdtemp(join(context.folder, "sort-"));
    try {
      const inOrder = await sortLarge(source, sort, folder, {
        ...context,
        onPercent: (done) => context.onProgress({file, step: "convert", done, total: 100})
      });
      return await makeFile(request, context, {files: inOrder, columns}, (connection) =>
        contentRelation(connection, query, sort, {...source, inOrder})
      );
    } finally {
      await rm(folder, {recursive: true, force: true});
    }
  }
  const reads = {files: [source.file], columns, sorts: Boolean(sort)};
  return makeFile(request, context, reads, (connection) =>
    contentRelation(connection, query, sort || undefined, source)
  );
}

/** Sorts a dataset into files of the folder. Resolves to them in their order. */
const sortLarge = (
  source: Source,
  sort: readonly string[],
  folder: string,
  {conversions, signal, onPercent}: PullContext & {onPercent: (percent: number) => void}
) =>
  conversions(() =>
    withDuckDB(
      {folder, columns: Object.keys(source.columns).length, sorts: true, signal},
      async (connection) => {
        await confine(connection, [source.file], [folder]);
        requireColumns("sort", sort, Object.keys(source.columns));
        return sortInRanges(connection, source, sort, folder, {onProgress: onPercent});
      }
    )
  );

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
    source: {
      app,
      dataset,
      ...(sql !== undefined && {sql}),
      ...(summary && {summary})
    }
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
