// From parts that have all arrived to a dataset's data: joined, checked to be CSV, their column types inferred, and then
// put in the dataset's place in one transaction. A completed upload is on record, so that a killed platform takes it up
// again when it starts.
import type {DuckDBInstance} from "@duckdb/node-api";
import pLimit from "p-limit";
import {columnTypes} from "./column-types.js";
import {reason} from "./error.js";
import {untilWritten} from "../journal/index.js";
import {Hold, nextSecond} from "./hold.js";
import type {ObjectStore, StoredObject} from "./objects.js";
import type {Parts} from "./parts.js";
import type {DatasetRecord, DataTypes, JobLog, UploadRecord} from "./records.js";
import {drop, put, type State} from "./state.js";

const keptLogs = 100;
/** Each needs two buffers of the longest line from DuckDB's memory. */
const atOnce = 2;
/** So often an upload may end the platform that reads it: once can be chance. */
const maxStarts = 2;

interface Job {
  hold: Hold;
  done: Promise<void>;
}

type Result = {object: StoredObject; dataTypes: DataTypes} | {fault: string};

export class Ingestion {
  /** The newest job of each dataset; it waits for the earlier ones. */
  readonly #jobs = new Map<string, Job>();
  readonly #limit = pLimit(atOnce);
  /** Those that were being read when an earlier platform ended, whichever of them ended it. */
  readonly #oneByOne = pLimit(1);
  readonly #closed = new AbortController();

  constructor(
    private readonly state: State,
    private readonly objects: ObjectStore,
    private readonly parts: Parts,
    private readonly duckdb: DuckDBInstance
  ) {}

  /** Begins with a completed upload. */
  start(upload: UploadRecord): void {
    const {datasetId} = upload;
    // A client asks to verify right after completing, which may then bring the end forward.
    const hold = new Hold(nextSecond(Date.now()) + 1000);
    const earlier = this.#jobs.get(datasetId)?.done;
    const job: Job = {hold, done: this.#run(upload, hold, earlier)};
    this.#jobs.set(datasetId, job);
    void job.done.finally(() => {
      if (this.#jobs.get(datasetId) === job) this.#jobs.delete(datasetId);
    });
  }

  /** Takes up what an earlier platform had not finished. */
  resume(): void {
    for (const upload of this.state.tables.uploads.values()) if (upload.etags) this.start(upload);
  }

  /** A client takes the time from now on: the job may end in any later second. */
  verified(datasetId: string): void {
    this.#jobs.get(datasetId)?.hold.shorten(nextSecond(Date.now()));
  }

  /** Leaves what is not finished to the next start. */
  async close(): Promise<void> {
    this.#closed.abort();
    for (const {hold} of this.#jobs.values()) hold.cancel();
    await Promise.all([...this.#jobs.values()].map((job) => job.done));
  }

  async #run(upload: UploadRecord, hold: Hold, earlier: Promise<void> | undefined): Promise<void> {
    const limit = upload.starts ? this.#oneByOne : this.#limit;
    const result = await limit(() => this.#attempt(upload)).catch((error: unknown) => ({
      fault: reason(error)
    }));
    await earlier;
    await hold.over;
    const dataset = this.state.tables.datasets.get(upload.datasetId);
    const wanted = dataset && this.state.tables.uploads.has(upload.id);
    if (this.#closed.signal.aborted || !wanted) {
      if ("object" in result) await this.objects.remove(result.object.objectId);
      // A platform that stops in peace counts for no start.
      if (wanted) await this.state.commit(put("uploads", upload)).catch(() => undefined);
      return;
    }
    try {
      await untilWritten(() => this.#finish(upload, result), {signal: this.#closed.signal});
    } catch {
      // Closing: the upload is taken up again at the next start.
      return;
    }
    await this.parts.remove(upload.id);
    if ("object" in result && dataset.objectId) await this.objects.remove(dataset.objectId);
  }

  /** Reads an upload; that it began is on record first, so that one that ends the platform is known by it. */
  async #attempt(upload: UploadRecord): Promise<Result> {
    const starts = (upload.starts ?? 0) + 1;
    if (starts > maxStarts) {
      throw new Error(
        `The platform ended ${maxStarts} times while it read this upload, so it isn't tried again. ` +
          "Upload fewer rows or columns, or give the platform more memory"
      );
    }
    if (this.#closed.signal.aborted || !this.state.tables.uploads.has(upload.id))
      throw new Error("The upload is gone");
    await this.state.commit(put("uploads", {...upload, starts}));
    return this.#read(upload);
  }

  async #read(upload: UploadRecord): Promise<Result> {
    const parts = await this.parts.list(upload.id);
    const files = upload.etags!.map((etag, i) => {
      const part = parts.get(i + 1);
      if (part?.etag !== etag) throw new Error(`Part ${i + 1} of the upload is gone`);
      return part.path;
    });
    const object = await this.objects.join(files);
    try {
      return {object, dataTypes: await columnTypes(this.duckdb, this.objects.path(object.objectId))};
    } catch (error) {
      await this.objects.remove(object.objectId);
      throw error;
    }
  }

  async #finish(upload: UploadRecord, result: Result): Promise<void> {
    const dataset = this.state.tables.datasets.get(upload.datasetId);
    // Deleted while the disk was full, perhaps to free some space.
    if (!dataset) return;
    const now = Date.now();
    const {filename} = upload;
    const status = "fault" in result ? "FAILED" : "SUCCESS";
    const message = "fault" in result ? result.fault : "";
    const entry: JobLog = {status, jobType: "UPLOAD_DATASET", message, timestamp: now};
    const another = [...this.state.tables.uploads.values()].some(
      (other) => other.id !== upload.id && other.datasetId === dataset.id && other.etags
    );
    const record: DatasetRecord = {
      ...dataset,
      job: another ? dataset.job : {status, filename},
      log: [entry, ...dataset.log].slice(0, keptLogs)
    };
    return this.state.commit(
      put(
        "datasets",
        "fault" in result
          ? record
          : {
              ...record,
              filename,
              dataTypes: result.dataTypes,
              size: result.object.size,
              objectId: result.object.objectId,
              isOptimized: false,
              modifiedAt: now
            }
      ),
      drop("uploads", upload.id)
    );
  }
}
