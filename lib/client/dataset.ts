// An app's datasets: fields, downloads and uploads.
import type {Table} from "apache-arrow";
import * as wire from "../wire/index.js";
import type {Arrival} from "../tabular/arrival.js";
import {arrive} from "./arrival.js";
import type {Source} from "./browser.js";
import type {Row} from "../tabular/csv-writer.js";
import {withBytes, type Bytes, type DataSource} from "./data-source.js";
import type {Directory} from "./directory.js";
import {DownloadError, TimeoutError, ValidationError} from "./errors.js";
import {assignFields} from "./fields.js";
import {replaceFile, writeReplacing} from "./file.js";
import {readObject, startOver} from "./object.js";
import {usualReadyTimeout, type CallOptions, type ReadyOptions} from "./options.js";
import {throttled, withProgress, type Progress, type ProgressListener} from "./progress.js";
import {pollFor} from "./retry.js";
import type {Transport} from "./transport.js";
import {lastUpload, upload, type UploadOptions} from "./upload.js";

/** Cancellation of a download, and how long the platform may prepare it. */
export interface ReadOptions extends CallOptions, ReadyOptions {}

/** Progress and cancellation of a download, and how long the platform may prepare it. */
export interface DownloadOptions extends ReadOptions {
  /** Called several times a second, and at the end. `progressBar(label)` draws it. */
  onProgress?: ProgressListener<Progress>;
}

/** Milliseconds between two polls whether the data is ready: at first as the platform's own client, then longer. */
const polling = {wait: 1_000, longestWait: 10_000};

/** A dataset. Its fields have the values of the moment when it was fetched; `describe` fetches them again. */
export class Dataset {
  declare readonly appId: string;
  declare readonly datasetId: string;
  declare readonly name: string;
  declare readonly filename: string;
  declare readonly fileExtension: string;
  /** Each column's type, as the platform has it. */
  declare readonly dataTypes: Record<string, wire.ColumnType>;
  /** Undefined at the top level of the app. */
  declare readonly directory?: wire.DirectoryRef;
  /** Bytes of its CSV. */
  declare readonly size: number;
  declare readonly isOptimized?: boolean;
  declare readonly isVisible?: boolean;
  /** Whether the platform's agents may use it. */
  declare readonly agentAccess?: boolean;
  declare readonly createdAt: Date;
  declare readonly modifiedAt: Date;
  readonly #transport: Transport;

  /** Made by the client. */
  constructor(transport: Transport, data: wire.Dataset) {
    this.#transport = transport;
    assignFields(this, data);
  }

  /**
   * Downloads its CSV to the file at `path`.
   *
   * The file appears when it is complete, and replaces an existing one. A broken download continues where it stopped, or starts
   * again when the data has changed in between. Throws `DownloadError` when it can't be downloaded or written to the disk.
   */
  async download(path: string, {onProgress, ...options}: DownloadOptions = {}): Promise<void> {
    const write = (report: (progress: Progress) => void) =>
      writeReplacing(path, async (output) => {
        for await (const piece of this.#pieces({report, ...options})) {
          if (piece === startOver) await output.clear();
          else await output.write(piece.bytes);
        }
      });
    await withProgress(onProgress, write);
  }

  /**
   * Downloads its rows to a Parquet file at `path`, compressed with zstd, with the types of `table`: whole numbers are INTEGER where
   * they fit, else BIGINT, or DECIMAL(38,0) beyond 64 bits. They are converted while they are downloaded, in memory that
   * doesn't grow with them; until then the CSV is kept in the folder for temporary files.
   *
   * As with `download` the file appears when it is complete. Throws `CsvError` for data that isn't CSV.
   *
   * ```ts
   * await dataset.downloadParquet("forecast.parquet");
   * ```
   */
  async downloadParquet(path: string, {onProgress, ...options}: DownloadOptions = {}): Promise<void> {
    const write = (report: (progress: Progress) => void) =>
      replaceFile(path, (part) => {
        const {signal} = options;
        const from = (folder: string) => this.arrival(folder, {isEager: true, report, ...options});
        // DuckDB takes a while to load, so the download starts meanwhile.
        const conversion = Promise.all([import("../tabular/conversion.js"), import("../tabular/parquet.js")]);
        return conversion.then(([{convertAlone}, {writeParquet}]) =>
          convertAlone(from, this.dataTypes, {writes: [part], signal}, async (connection, table) => {
            await writeParquet(connection, table, part);
            return table.warnings;
          })
        );
      });
    this.#warn(await withProgress(onProgress, write));
  }

  /**
   * Its CSV, as the bytes arrive: nothing is stored. A broken connection is continued as in `download`, but when the data has
   * changed in between, bytes that were already returned can't be taken back, and the stream throws `DownloadError`.
   */
  async *stream(options: ReadOptions = {}): AsyncGenerator<Uint8Array, void, undefined> {
    let done = 0;
    for await (const piece of this.#read(options)) {
      if (piece === startOver) {
        throw new DownloadError(
          `the connection broke after ${done} bytes of dataset "${this.name}", and the rest can't be downloaded alone. ` +
            "Start again, or use download, which starts again by itself"
        );
      }
      done += piece.bytes.length;
      yield piece.bytes;
    }
  }

  /**
   * Its rows as an Arrow table, held in memory.
   *
   * It has the types of a loader's `.arrow` file: whole numbers are Int32 where they fit, else Float64 up to 2^53, else Int64, or Utf8
   * beyond 64 bits; other numbers Float64; TIME TimestampMillisecond in UTC (microseconds where there are any); text Utf8, or a
   * dictionary where it repeats. A column whose values don't fit its type becomes Utf8 with every value as written, and the
   * client's `onWarning` says so.
   */
  async table(options: DownloadOptions = {}): Promise<Table> {
    // DuckDB and Arrow take a while to load, and most programs don't ask for a table.
    const {readArrow} = await import("../tabular/arrow-table.js");
    const {onProgress, ...rest} = options;
    const {table, warnings} = await withProgress(onProgress, (report) =>
      readArrow(
        (folder) => this.arrival(folder, {isEager: true, report, ...rest}),
        this.dataTypes,
        options.signal
      )
    );
    this.#warn(warnings);
    return table;
  }

  /**
   * Its rows as objects, held in memory: what `editData({rows})` and a new dataset take. The types are those of `table`: numbers are
   * `number`, or `bigint` in a column with integers beyond ±2^53; times are `Date`, to the millisecond; what is missing is null.
   *
   * ```ts
   * const rows = await dataset.rows();
   * await dataset.editData({rows: rows.filter(({Qty}) => Number(Qty) > 0)});
   * ```
   */
  async rows(options: DownloadOptions = {}): Promise<Row[]> {
    const table = await this.table(options);
    const {tableRows} = await import("../tabular/table-rows.js");
    return tableRows(table);
  }

  /** The log of its jobs, newest first: at most `maxCount` entries. */
  async log({maxCount = 5, ...options}: CallOptions & {maxCount?: number} = {}): Promise<wire.DatasetLog[]> {
    const request = {appId: this.appId, datasetId: this.datasetId, limit: maxCount};
    return (await this.#transport.call(wire.getDatasetLog, request, options)).datasetLog;
  }

  /**
   * Replaces its data, and waits until the platform has read the new data. Until then, and when the upload fails, the old
   * data stays. Empty data is not sent. Throws `UploadError`.
   *
   * ```ts
   * await dataset.editData({file: "sales.csv"});
   * ```
   */
  async editData(source: DataSource, options: UploadOptions = {}): Promise<this> {
    const send = async (bytes: Bytes) => {
      const since = await lastUpload(this.#transport, this, options);
      await upload(this.#transport, this, bytes, {...options, since});
    };
    await withBytes(this.name, source, send, options.signal);
    assignFields(this, await this.describe(options));
    return this;
  }

  /** Renames it. */
  async rename(name: string, options: CallOptions = {}): Promise<this> {
    await this.#edit({name}, options);
    return Object.assign(this, {name});
  }

  /** Moves it into a directory, or with null to the top level of the app. */
  async move(directory: Directory<Dataset> | null, options: CallOptions = {}): Promise<this> {
    const ref = directory?.ref ?? null;
    await this.#edit({directory: ref}, options);
    return Object.assign(this, {directory: ref ?? undefined});
  }

  /** Sets whether the platform's agents may use it. */
  async updateAgentAccess(agentAccess: boolean, options: CallOptions = {}): Promise<this> {
    await this.#edit({agentAccess}, options);
    return Object.assign(this, {agentAccess});
  }

  /** Deletes it, with its data. */
  async delete(options: CallOptions = {}): Promise<void> {
    const {appId, datasetId} = this;
    await this.#transport.call(wire.deleteDataset, {dataset: {appId, datasetId}}, options);
  }

  /** Its fields as they are now on the platform. */
  async describe(options: CallOptions = {}): Promise<wire.Dataset> {
    const {appId, datasetId} = this;
    return (await this.#transport.call(wire.getDataset, {appId, datasetId}, options)).dataset;
  }

  async #edit(
    changes: {name?: string; directory?: wire.DirectoryRef | null; agentAccess?: boolean},
    options: CallOptions
  ): Promise<void> {
    const {appId, datasetId} = this;
    await this.#transport.call(wire.editDataset, {dataset: {appId, datasetId, ...changes}}, options);
  }

  /**
   * Downloads its CSV into a folder, to convert it, as the data loaders do. For other uses there is `download`.
   * @param options.isEager whether it will be read while it is being downloaded
   * @param options.report called with the progress
   */
  async arrival(
    folder: string,
    options: ReadOptions & {isEager: boolean; report: (progress: Progress) => void}
  ): Promise<Arrival> {
    return arrive(this.#pieces(options), folder, options.isEager);
  }

  /** The pieces of a download; reports its progress. */
  async *#pieces({report, ...options}: ReadOptions & {report: (progress: Progress) => void}) {
    const progress: Progress = {done: 0};
    const reportSometimes = throttled(report);
    for await (const piece of this.#read(options)) {
      yield piece;
      if (piece === startOver) {
        progress.done = 0;
        continue;
      }
      progress.done += piece.bytes.length;
      progress.total = piece.total;
      reportSometimes({...progress});
    }
    reportSometimes({done: progress.done, total: progress.done}, true);
  }

  #warn(warnings: string[]): void {
    for (const warning of warnings) this.#transport.warn(`dataset "${this.name}": ${warning}`);
  }

  #read(options: ReadOptions) {
    return readObject(
      this.#transport,
      () => this.#downloadUrl(options),
      `download of dataset "${this.name}"`,
      options.signal
    );
  }

  /** The CSV's URL, as soon as the platform has it ready: large datasets are prepared on request. */
  async #downloadUrl({signal, readyTimeout: timeout = usualReadyTimeout}: ReadOptions): Promise<URL> {
    const {name: call} = wire.getDatasetDownload;
    return pollFor(
      () => this.#preparedUrl(signal),
      {...polling, timeout, signal},
      () =>
        new TimeoutError(
          `${call}: the platform hasn't got the data of dataset "${this.name}" ready within ${timeout / 1000} s: it is still ` +
            "IN_PROGRESS. Try again later, or allow more time with the option readyTimeout",
          {call}
        )
    );
  }

  /** The CSV's URL; undefined while the platform prepares it. */
  async #preparedUrl(signal: AbortSignal | undefined): Promise<URL | undefined> {
    const {appId, datasetId, name} = this;
    const {name: call} = wire.getDatasetDownload;
    const {status, url} = await this.#transport.call(wire.getDatasetDownload, {appId, datasetId}, {signal});
    switch (status) {
      case "IN_PROGRESS":
        return undefined;
      case "SUCCESS":
        if (url && URL.canParse(url)) return new URL(url);
        throw new ValidationError(`${call}: the answer's url is not a URL`, {call});
      case "FAILED":
        throw new DownloadError(
          `${call}: the platform can't provide the data of dataset "${name}". ` +
            (this.size === 0
              ? "It has none: upload some, or run the flow that writes it"
              : "It may be too large to download: have a flow write a smaller one"),
          {call}
        );
      default:
        throw new DownloadError(
          `${call}: the data of dataset "${name}" is ${JSON.stringify(status)}, which this version of ikigai-kit ` +
            "doesn't know. Look for a newer version, or try again later",
          {call}
        );
    }
  }
}

/** Fetches the datasets of an app. */
export function datasetSource(transport: Transport, app: Pick<wire.App, "appId" | "name">): Source<Dataset> {
  const {appId} = app;
  const dataset = (data: wire.Dataset) => new Dataset(transport, data);
  return {
    what: `dataset of app "${app.name}"`,
    id: ({datasetId}) => datasetId,
    list: async ({directoryId, ...options}) => {
      const request = {appId, fetchAll: directoryId === undefined, directoryId};
      const {datasets, limitWarning} = await transport.call(wire.listDatasets, request, options);
      return {items: datasets.map(dataset), limitWarning};
    },
    byName: async (name, options) =>
      dataset((await transport.call(wire.getDataset, {appId, name}, options)).dataset),
    byId: async (datasetId, options) =>
      dataset((await transport.call(wire.getDataset, {appId, datasetId}, options)).dataset),
    search: async (query, options) => {
      const {datasets, limitWarning} = await transport.call(wire.searchDatasets, {appId, query}, options);
      return {items: datasets.map(dataset), limitWarning};
    },
    directories: async (directoryId, options) => {
      const request = {appId, directoryId};
      return (await transport.call(wire.datasetDirectories.list, request, options)).directories;
    },
    warn: (warning) => transport.warn(warning)
  };
}
