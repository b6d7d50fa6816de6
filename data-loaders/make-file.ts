// Makes one file of a relation, in the staging folder; and what every file of a pull shares.
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import type {LimitFunction} from "p-limit";
import type {Ikigai} from "../lib/client/index.js";
import {confine, withDuckDB} from "../lib/tabular/duckdb.js";
import {writeFormat} from "../lib/tabular/format.js";
import type {ColumnNames} from "../lib/tabular/formats.js";
import {entryOf, type FileRequest} from "./file-request.js";
import type {Lookup} from "./lookup.js";
import type {Relation} from "./relation.js";

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
 * Makes one file of a relation.
 * @param reads the files that the relation is read from, if any, and how many columns that makes
 * @param prepare makes the relation
 */
export function makeFile(
  request: FileRequest,
  {folder, staging, conversions, onProgress, onWarning, signal}: PullContext,
  reads: {files: string[]; columns: number; sorts?: boolean} | undefined,
  prepare: (connection: DuckDBConnection) => Promise<Relation>
): Promise<FileResult> {
  const {file, format} = request;
  const rowGroup = "rowGroup" in request ? request.rowGroup : undefined;
  return conversions(async () => {
    signal?.throwIfAborted();
    const onConvert = (percent: number) => onProgress({file, step: "convert", done: percent, total: 100});
    onConvert(0);
    const path = join(staging, file);
    const session = {
      folder,
      columns: reads?.columns,
      sorts: reads?.sorts,
      onProgress: onConvert,
      signal
    };
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
