// Datasets: their metadata, and the calls that move their data. The data itself goes to and from an object store.
import * as z from "../zod/index.js";
import {get, nothing, post} from "./call.js";
import {directoryOfComponent, targetDirectory} from "./directory.js";
import {message, type Codec} from "./message.js";
import {flag, limitWarning, maybe, number, text, time} from "./scalars.js";
import {word} from "./word.js";

/** A column's type on the platform. An unknown one is read as text. */
export type DataType = "NUMERIC" | "TEXT" | "CATEGORICAL" | "TIME" | (string & {});

const dataType: Codec<DataType> = word(["NUMERIC", "TEXT", "CATEGORICAL", "TIME"]);

/** A format; one that isn't a text is kept as JSON. */
const dataFormat: Codec<string> = z.codec(z.unknown(), z.string(), {
  decode: (format) => (typeof format === "string" ? format : JSON.stringify(format)),
  encode: (format) => format
});

const dataFormats = z.codec(z.unknown().optional(), z.record(z.string(), dataFormat), {
  // The map itself may be left out or blank, but a format is what it is.
  decode: (formats) => (formats == null || formats === "" ? {} : formats) as Record<string, unknown>,
  encode: (formats) => formats
});

const columnTypeMessage = message({dataType, dataFormats});

/** A column's type. `dataFormats` is often empty; `{numeric_format: "INTEGER"}` is one the platform sends. */
export interface ColumnType extends z.output<typeof columnTypeMessage> {}
export const columnType: Codec<ColumnType> = columnTypeMessage;

/** A dataset's fields, for `dataset` and for the outline of it in an app's components. */
export const datasetFields = {
  appId: text,
  datasetId: text,
  name: text,
  filename: text,
  fileExtension: text,
  dataTypes: z.record(z.string(), columnType),
  directory: directoryOfComponent,
  /** In bytes, of the CSV. */
  size: number,
  isOptimized: flag.optional(),
  isVisible: flag.optional(),
  agentAccess: flag.optional(),
  createdAt: time,
  modifiedAt: time
};
/** A dataset's metadata; the data itself is in an object store. */
export const dataset = message(datasetFields);
export interface Dataset extends z.output<typeof dataset> {}

/** One job on a dataset, such as `UPLOAD_DATASET`, and how it ended: `message` says why it failed, if the platform gives a reason. */
export const datasetLog = message({status: text, timestamp: time, jobType: text, message: maybe(text)});
export interface DatasetLog extends z.output<typeof datasetLog> {}

const listed = message({datasets: z.array(dataset), limitWarning});
const changed = message({datasetId: text});
const ids = {appId: text, datasetId: text};

/** By id or by name. */
export const getDataset = get(
  "/component/get-dataset",
  message({appId: text, datasetId: text.optional(), name: text.optional()}),
  message({dataset})
);
/** Every dataset of an app, or with `fetchAll: false` those directly in a directory. */
export const listDatasets = get(
  "/component/get-datasets-for-project",
  message({appId: text, fetchAll: flag, directoryId: text.optional()}),
  listed
);
/** An app's datasets whose name contains `query`. */
export const searchDatasets = get(
  "/search/search-datasets-for-project",
  message({appId: text, query: text}),
  listed
);
/** The newest `limit` entries, newest first. */
export const getDatasetLog = get(
  "/component/get-dataset-log",
  message({datasetId: text, appId: text, limit: number}),
  message({datasetLog: z.array(datasetLog)})
);
/** Makes a dataset that has no data yet. */
export const createDataset = post(
  "/component/create-dataset",
  message({
    dataset: message({
      appId: text,
      name: text,
      directory: targetDirectory,
      agentAccess: flag.optional()
    })
  }),
  changed
);
/** Changes the given fields only. Data is changed by an upload. */
export const editDataset = post(
  "/component/edit-dataset",
  message({
    dataset: message({
      ...ids,
      name: text.optional(),
      directory: targetDirectory.optional(),
      agentAccess: flag.optional()
    })
  }),
  changed
);
/** Deletes a dataset with its data. */
export const deleteDataset = post("/component/delete-dataset", message({dataset: message(ids)}), changed);

/** Whether the CSV is ready, and if so where: `url` is presigned and expires. */
export const datasetDownload = message({
  status: word(["SUCCESS", "IN_PROGRESS", "FAILED"]),
  url: maybe(text)
});
/** Where the data is. The first answer may be `IN_PROGRESS`: ask again until it isn't. */
export const getDatasetDownload = get("/component/get-dataset-download-url", message(ids), datasetDownload);

/** Where the parts of an upload go: `urls` by part number, as a string. */
export const datasetUpload = message({
  uploadId: text,
  contentType: text,
  urls: z.record(z.string(), text)
});
export interface DatasetUpload extends z.output<typeof datasetUpload> {}

/** `fileSize` in bytes. */
export const getDatasetUpload = get(
  "/component/get-dataset-multipart-upload-urls",
  message({datasetId: text, appId: text, filename: text, fileSize: number}),
  datasetUpload
);
/** Ends an upload: `etags` by part number for a whole one, none to abort. */
export const endDatasetUpload = post(
  "/component/complete-dataset-multipart-upload",
  message({
    abort: flag,
    dataset: message({datasetId: text, appId: text, filename: text}),
    uploadId: text,
    etags: z.record(z.string(), text).optional()
  }),
  nothing
);
/** Has the platform check a completed upload. */
export const verifyDatasetUpload = get(
  "/component/verify-dataset-upload",
  message({...ids, filename: text}),
  nothing
);
/** `RUNNING` until the platform has read the data, then `SUCCESS` or another word. */
export const confirmDatasetUpload = get(
  "/component/confirm-dataset-upload",
  message(ids),
  message({status: text})
);
