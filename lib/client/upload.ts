// Uploads the bytes of a dataset: in parts, several at a time, and as one whole or not at all.
import * as wire from "../wire/index.js";
import type {Bytes} from "./data-source.js";
import {IkigaiError, TimeoutError, UploadError} from "./errors.js";
import {connectionFailure, rejection} from "./failure.js";
import {usualReadyTimeout, type CallOptions, type ReadyOptions} from "./options.js";
import {throttled, withProgress, type Progress, type ProgressListener} from "./progress.js";
import {isPassing, pause, pollFor, repeat, retryAfter, type RetryPolicy} from "./retry.js";
import {maxRedirections, type Transport} from "./transport.js";

/** How an upload is watched and stopped, and how long the platform may take to read it. */
export interface UploadOptions extends CallOptions, ReadyOptions {
  /** Gets news several times a second, and when all bytes have gone. The platform then takes a while to read them. */
  onProgress?: ProgressListener<Progress>;
}

/** What an upload has to know of its dataset. */
interface Target {
  appId: string;
  datasetId: string;
  name: string;
}

type Ids = Pick<Target, "appId" | "datasetId">;

interface Part {
  number: string;
  url: URL;
  start: number;
  end: number;
}

/** Parts that go at the same time: enough to fill a line that each of them alone doesn't. */
const atOnce = 4;

/** Milliseconds between two questions whether the platform has taken the data in. */
const polling = {wait: 1_000, longestWait: 10_000};

/**
 * Uploads the data, and waits until the platform has taken it in. `since` is when the dataset's log last had an upload,
 * by the platform's clock: only what is newer counts.
 *
 * Each part is sent again by itself when it fails in passing. When one fails for good, or the signal aborts, the platform is
 * told to drop all of them. Throws `UploadError` then, and when the platform can't read the data.
 */
export async function upload(
  transport: Transport,
  target: Target,
  bytes: Bytes,
  {onProgress, ...options}: UploadOptions & {since?: Date}
): Promise<void> {
  await withProgress(onProgress, (tell) => send(transport, target, bytes, tell, options));
}

async function send(
  transport: Transport,
  {appId, datasetId, name}: Target,
  bytes: Bytes,
  onProgress: (progress: Progress) => void,
  options: ConfirmOptions
): Promise<void> {
  const {signal} = options;
  const call = `upload of dataset "${name}"`;
  const filename = `${name}.csv`;
  const dataset = {appId, datasetId, filename};
  const begun = await transport.call(wire.getDatasetUpload, {...dataset, fileSize: bytes.size}, {signal});
  const {uploadId} = begun;
  try {
    const etags = await sendParts(transport, begun, bytes, call, onProgress, signal);
    await bytes.checkUnchanged();
    await transport.call(wire.endDatasetUpload, {abort: false, dataset, uploadId, etags}, {signal});
  } catch (error) {
    // Why the upload failed is what to tell, not that the platform couldn't be told to drop it.
    await transport.call(wire.endDatasetUpload, {abort: true, dataset, uploadId}).catch(() => {});
    throw error;
  }
  await transport.call(wire.verifyDatasetUpload, dataset, {signal});
  await confirmed(transport, {appId, datasetId}, call, options);
}

interface ConfirmOptions extends CallOptions, ReadyOptions {
  since?: Date;
}

/** When the dataset's log last had an upload that went well; undefined when it never did. */
export async function lastUpload(
  transport: Transport,
  ids: Ids,
  options: CallOptions
): Promise<Date | undefined> {
  return (await uploadsOf(transport, ids, options)).find(({status}) => status === "SUCCESS")?.timestamp;
}

/** What the dataset's log says about its last uploads, newest first. */
async function uploadsOf(
  transport: Transport,
  {appId, datasetId}: Ids,
  options: CallOptions
): Promise<wire.DatasetLog[]> {
  const {datasetLog} = await transport.call(wire.getDatasetLog, {appId, datasetId, limit: 5}, options);
  return datasetLog.filter(({jobType}) => jobType === "UPLOAD_DATASET");
}

/** Why the platform refused the upload, as far as its log tells. A new dataset is deleted afterwards, and its log with it. */
async function reasonOf(transport: Transport, ids: Ids, options: CallOptions): Promise<string | undefined> {
  try {
    const [last] = await uploadsOf(transport, ids, options);
    return last?.status === "SUCCESS" ? undefined : last?.message;
  } catch {
    options.signal?.throwIfAborted();
    // That the upload was refused is what matters.
    return undefined;
  }
}

async function confirmed(
  transport: Transport,
  ids: Ids,
  call: string,
  {since, signal, readyTimeout: timeout = usualReadyTimeout}: ConfirmOptions
): Promise<void> {
  await pause(polling.wait, signal);
  const status = await pollFor(
    async () => {
      const {status} = await transport.call(wire.confirmDatasetUpload, ids, {signal});
      return status === "RUNNING" ? undefined : status;
    },
    {...polling, timeout, signal},
    () =>
      new TimeoutError(
        `${call}: the platform has all bytes but hasn't read them within ${timeout / 1000} s: it is still RUNNING. ` +
          "Allow more time with the option readyTimeout; a dataset that had data may still get the new data later",
        {call: wire.confirmDatasetUpload.name}
      )
  );
  if (status !== "SUCCESS") {
    const reason = await reasonOf(transport, ids, {signal});
    const needed = "They must be CSV in UTF-8, with a header and as many fields in every line";
    throw new UploadError(
      `${call}: the platform took the bytes but couldn't read them as a dataset (${status})` +
        (reason ? `: ${transport.withoutKey(reason)}` : `. ${needed}`),
      {call}
    );
  }
  const last = await lastUpload(transport, ids, {signal});
  if (last && (!since || last > since)) return;
  throw new UploadError(
    `${call}: the platform says that it went well, but its log has no such upload. Look at the dataset, and upload again`,
    {call}
  );
}

/** The ETag of each part by its number. When one can't be sent the others are broken off. */
async function sendParts(
  transport: Transport,
  begun: wire.DatasetUpload,
  bytes: Bytes,
  call: string,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal | undefined
): Promise<Record<string, string>> {
  const parts = partsOf(begun.urls, bytes.size, call);
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const tell = throttled(onProgress);
  const total = bytes.size;
  let done = 0;
  const etags: Record<string, string> = {};
  const waiting = parts.values();
  const lane = async () => {
    for (const part of waiting) {
      const about = `${call}, part ${part.number} of ${parts.length}`;
      const attempt = async () => {
        let sent = 0;
        try {
          return await sendPart(transport, part, bytes, begun.contentType, about, either, (count) => {
            sent += count;
            done += count;
            tell({done, total});
          });
        } catch (error) {
          done -= sent;
          throw error;
        }
      };
      etags[part.number] = await repeat(attempt, transport.retry, {signal: either, mayPass}).catch(givenUp);
    }
  };
  const lanes = Array.from({length: Math.min(atOnce, parts.length)}, async () => {
    try {
      await lane();
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  });
  // All must have come to rest before the file is closed, or the platform told to drop what it has.
  await Promise.allSettled(lanes);
  signal?.throwIfAborted();
  failed.signal.throwIfAborted();
  tell({done, total}, true);
  return etags;
}

/** As many equal ranges as there are URLs, in the order of their numbers. */
function partsOf(urls: Record<string, string>, size: number, call: string): Part[] {
  const numbers = Object.keys(urls).sort((a, b) => Number(a) - Number(b));
  const length = Math.ceil(size / numbers.length);
  if (numbers.length === 0) throw new UploadError(`${call}: the platform gave no URL to upload to`, {call});
  return numbers.map((number, i) => {
    if (!URL.canParse(urls[number]!)) {
      throw new UploadError(`${call}: what the platform gave for part ${number} is not a URL`, {call});
    }
    const start = Math.min(i * length, size);
    return {number, url: new URL(urls[number]!), start, end: Math.min(start + length, size)};
  });
}

/** Sends a part once; its ETag. */
async function sendPart(
  transport: Transport,
  {number, url, start, end}: Part,
  bytes: Bytes,
  contentType: string,
  about: string,
  signal: AbortSignal,
  onSent: (count: number) => void,
  redirections = 0
): Promise<string> {
  const call = transport.objectCall("PUT", url);
  let sent = 0;
  const body = bytes.read(start, end, (count) => {
    sent += count;
    onSent(count);
  });
  const headers = {
    "content-type": contentType,
    "cache-control": "no-cache",
    "content-length": String(end - start)
  };
  try {
    const answer = await transport.putObject(url, headers, body, signal);
    const reason = transport.reasonIn(await answer.body.text());
    const {statusCode: status} = answer;
    const etag = answer.headers.etag?.toString();
    if (status === 429 || status >= 500) {
      throw rejection({call, about}, status, reason, retryAfter(answer.headers["retry-after"]?.toString()));
    }
    if (status >= 400) {
      throw new UploadError(
        `${about}: the object store refused: ${reason} [${status}]. ` +
          "If its URL expired, the upload took too long: try a faster connection",
        {call, status}
      );
    }
    const location = answer.headers.location?.toString();
    if ((status === 307 || status === 308) && location && redirections < maxRedirections) {
      onSent(-sent);
      const part = {number, url: new URL(location, url), start, end};
      return await sendPart(transport, part, bytes, contentType, about, signal, onSent, redirections + 1);
    }
    if (!etag) throw new UploadError(`${about}: the object store gave no ETag`, {call, status});
    return etag;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof IkigaiError ? error : connectionFailure({call, about}, url.host, error);
  } finally {
    body.destroy();
  }
}

/** Sending the same bytes to the same place twice does no harm, so a store that has stalled may be asked again. */
const mayPass = (error: unknown, policy: RetryPolicy) =>
  error instanceof TimeoutError || isPassing(error, policy);

function givenUp(error: unknown): never {
  if (!(error instanceof IkigaiError) || error instanceof UploadError) throw error;
  const {message, call, status, cause} = error;
  throw new UploadError(`${message}. The upload was given up`, {call, status, cause});
}
