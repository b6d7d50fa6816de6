// A dataset to be: its data and its place, until `build` makes it.
import type {Table} from "apache-arrow";
import * as wire from "../wire/index.js";
import type {Row} from "../tabular/csv-writer.js";
import {withBytes, type CsvStream, type DataSource} from "./data-source.js";
import {Dataset} from "./dataset.js";
import type {Directory} from "./directory.js";
import {ValidationError} from "./errors.js";
import type {Transport} from "./transport.js";
import {upload, type UploadOptions} from "./upload.js";

/**
 * ```ts
 * const dataset = await app.dataset.new("Sales").rows([{day: new Date(), sold: 3}]).build();
 * ```
 * Of several sources of data the last one counts.
 */
export class NewDataset {
  #source: DataSource | undefined;
  #directory: Directory<Dataset> | undefined;
  #agentAccess: boolean | undefined;

  /** Made by `app.dataset.new`. */
  constructor(
    private readonly transport: Transport,
    private readonly appId: string,
    private readonly name: string
  ) {}

  /** Takes the data from objects, by column. A column that an object doesn't have is missing there. */
  rows(rows: readonly Row[]): this {
    return this.#from({rows});
  }

  /** Takes the data from an Arrow table. */
  table(table: Table): this {
    return this.#from({table});
  }

  /** Takes the data from a text, which is CSV with a header. */
  csv(csv: string): this {
    return this.#from({csv});
  }

  /** Takes the data from the CSV file at `path`, which is read as it is sent. */
  file(path: string): this {
    return this.#from({file: path});
  }

  /** Takes the data from CSV in pieces, which are gathered in a temporary file before anything is sent. */
  stream(stream: CsvStream): this {
    return this.#from({stream});
  }

  /** Whether the platform's agents may use it. */
  agentAccess(access: boolean): this {
    this.#agentAccess = access;
    return this;
  }

  /** Puts it into a directory of the app's datasets. */
  directory(directory: Directory<Dataset>): this {
    this.#directory = directory;
    return this;
  }

  /**
   * Makes it, and waits until the platform has taken its data in.
   *
   * Without data nothing is sent. When the upload fails, the dataset is deleted again. Throws `UploadError` then.
   */
  async build(options: UploadOptions = {}): Promise<Dataset> {
    const {transport, appId, name} = this;
    const source = this.#source;
    if (!source) {
      throw new ValidationError(
        `dataset "${name}" has no data: give it rows, a table, csv, a file or a stream`
      );
    }
    return withBytes(
      name,
      source,
      async (bytes) => {
        const {signal} = options;
        const directory = this.#directory?.ref ?? null;
        const {datasetId} = await transport.call(
          wire.createDataset,
          {dataset: {appId, name, directory, agentAccess: this.#agentAccess}},
          {signal}
        );
        try {
          await upload(transport, {appId, datasetId, name}, bytes, options);
        } catch (error) {
          await this.#remove(datasetId);
          throw error;
        }
        const {dataset} = await transport.call(wire.getDataset, {appId, datasetId}, {signal});
        return new Dataset(transport, dataset);
      },
      options.signal
    );
  }

  #from(source: DataSource): this {
    this.#source = source;
    return this;
  }

  /** The error of the upload matters more than one of this, but what stays behind must be told. */
  async #remove(datasetId: string): Promise<void> {
    const {transport, appId, name} = this;
    try {
      await transport.call(wire.deleteDataset, {dataset: {appId, datasetId}});
    } catch {
      transport.warn(
        `dataset "${name}" could neither be filled nor deleted again: delete the one with the id ${datasetId}`
      );
    }
  }
}
