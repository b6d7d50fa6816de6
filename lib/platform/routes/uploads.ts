// Calls that bring a dataset its data: URLs for the parts, completion or abortion, and how far it has come.
import {z} from "zod";
import {componentFor} from "../access.js";
import {get, post, type Call} from "../call.js";
import type {Context} from "../context.js";
import {notFound, rejected} from "../error.js";
import {count, id} from "../field.js";
import {newId} from "../id.js";
import {uploadPath} from "../object-store.js";
import type {UploadRecord} from "../records.js";
import {drop, put} from "../state.js";

const partSize = 64 * 2 ** 20;
const maxParts = 10_000;
/** As in S3, no object is larger. */
const maxSize = 5 * 2 ** 40;

const filename = z.string().min(1, {error: "must not be blank"}).max(300, {error: "is too long"});
const dataset = z.object({project_id: id, dataset_id: id});

export function uploadCalls({state, parts, signer, ingestion}: Context): Call[] {
  const find = (one: z.output<typeof dataset>, user: string) =>
    componentFor(state, "datasets", {appId: one.project_id, id: one.dataset_id}, user, "BUILDER");

  const open = (uploadId: string, datasetId: string): UploadRecord => {
    const upload = state.tables.uploads.get(uploadId);
    if (upload?.datasetId !== datasetId || upload.etags) throw notFound("Upload");
    return upload;
  };

  /** The ETags in order of the parts, when all parts are there as the client sent them. */
  const checkedEtags = async (upload: UploadRecord, given: Record<string, string>): Promise<string[]> => {
    const arrived = await parts.list(upload.id);
    const etags = Array.from({length: upload.parts}, (_, i) => {
      const [number, etag] = [i + 1, given[i + 1]?.replaceAll('"', "")];
      if (etag === undefined) throw rejected(`etags: the ETag of part ${number} is missing`);
      const part = arrived.get(number);
      if (!part) throw rejected(`Part ${number} of ${upload.parts} was not uploaded`);
      if (part.etag !== etag)
        throw rejected(`Part ${number} has the ETag "${part.etag}", not "${etag.slice(0, 64)}"`);
      return etag;
    });
    const size = [...arrived.values()].reduce((sum, part) => sum + part.size, 0);
    if (size !== upload.size) throw rejected(`The parts have ${size} bytes together, not ${upload.size}`);
    return etags;
  };

  return [
    get(
      "/component/get-dataset-multipart-upload-urls",
      dataset.extend({filename, file_size: count}),
      async ({filename, file_size: size, ...one}, user) => {
        const record = find(one, user);
        if (size === 0) throw rejected("file_size: the file is empty");
        if (size > maxSize) throw rejected(`file_size: must be at most ${maxSize} bytes, got ${size}`);
        const count = Math.min(Math.ceil(size / partSize), maxParts);
        const upload: UploadRecord = {
          id: newId(),
          datasetId: record.id,
          filename,
          size,
          parts: count,
          createdAt: Date.now(),
          etags: null
        };
        await state.commit(put("uploads", upload));
        const numbers = Array.from({length: count}, (_, i) => i + 1);
        return {
          upload_id: upload.id,
          content_type: "text/csv",
          urls: Object.fromEntries(
            numbers.map((n) => [String(n), signer.sign("PUT", uploadPath(upload.id, n))])
          )
        };
      }
    ),

    post(
      "/component/complete-dataset-multipart-upload",
      z.object({
        abort: z.boolean().default(false),
        dataset: dataset.extend({filename}),
        upload_id: id,
        etags: z.record(z.string(), z.string()).default({})
      }),
      async ({abort, dataset, upload_id, etags: given}, user) => {
        const upload = open(upload_id, find(dataset, user).id);
        if (abort) {
          await state.commit(drop("uploads", upload.id));
          await parts.remove(upload.id);
          return {dataset_id: dataset.dataset_id};
        }
        if (dataset.filename !== upload.filename) {
          throw rejected(`dataset.filename: the upload was begun as ${JSON.stringify(upload.filename)}`);
        }
        const etags = await checkedEtags(upload, given);
        // Looking at the parts took time: only now is it sure that nobody else completed or aborted it.
        const completed = {...open(upload_id, dataset.dataset_id), etags};
        const record = find(dataset, user);
        await state.commit(
          put("uploads", completed),
          put("datasets", {...record, job: {status: "RUNNING", filename: upload.filename}})
        );
        ingestion.start(completed);
        return {dataset_id: record.id};
      }
    ),

    get("/component/verify-dataset-upload", dataset.extend({filename}), ({filename, ...one}, user) => {
      const record = find(one, user);
      if (record.job?.filename !== filename) throw notFound("Upload");
      ingestion.verified(record.id);
      return {dataset_id: record.id};
    }),

    get("/component/confirm-dataset-upload", dataset, (one, user) => {
      const {job} = find(one, user);
      if (!job) throw notFound("Upload");
      return {status: job.status};
    })
  ];
}
