// Reads an object of the object store whole, however often the connection breaks or the URL expires on the way.
import {pipeline} from "node:stream";
import {createBrotliDecompress, createGunzip, createInflate} from "node:zlib";
import type {Dispatcher} from "undici";
import {DownloadError, IkigaiError, NetworkError, TimeoutError} from "./errors.js";
import {connectionFailure, rejection} from "./failure.js";
import {isPassing, pause, retryAfter, waitBefore} from "./retry.js";
import type {Transport} from "./transport.js";

/** Given instead of bytes when all that came before is void: the object has changed, or can't be resumed. */
export const startOver = Symbol("start over");

/** Bytes of the object, and how many the whole of it has when that is known. */
export interface Piece {
  bytes: Uint8Array;
  total?: number;
}

/** What is known about the object so far. */
interface Known {
  done: number;
  total?: number;
  /** Of which version of the object; undefined when the store doesn't say, and so the rest can't be asked for. */
  etag?: string;
}

/** Statuses with which object stores refuse a URL that has expired, or whose object has been replaced. */
const expired = [400, 401, 403, 404, 410];

/** How often in a row a URL that is refused is replaced: a store that refuses a new one will refuse the next. */
const mostFreshUrls = 3;

const decoders: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress
};

/**
 * The bytes of an object, in order. `freshUrl` gives a presigned URL, and is asked for another when one has expired.
 *
 * After a broken connection the rest is asked for, if it is still the same version of the object; where the store can't do
 * that, `startOver` comes and then all of it again. What comes is counted against what the store says the object has.
 *
 * Throws `DownloadError` when there is no getting further: as many attempts in a row as the option `retry` allows didn't get
 * beyond what had come before.
 */
export async function* readObject(
  transport: Transport,
  freshUrl: () => Promise<URL>,
  about: string,
  signal?: AbortSignal
): AsyncGenerator<Piece | typeof startOver, void, undefined> {
  let url = await freshUrl();
  let known: Known = {done: 0};
  let furthest = 0;
  let failures = 0;
  for (;;) {
    try {
      const answer = await ask(transport, url, known, about, signal);
      if (!continues(answer, known)) {
        if (known.done > 0) yield startOver;
        known = {done: 0};
        if (answer.statusCode !== 200) {
          // Being destroyed is an error to a body, of which nobody needs to hear.
          answer.body.on("error", () => {}).destroy();
          throw new NetworkError(
            `${about}: the object store answered with another part than it was asked for`
          );
        }
      }
      const encoding = answer.headers["content-encoding"]?.toString() ?? "identity";
      if (answer.statusCode === 200 && encoding === "identity") {
        const {"content-length": length, etag} = answer.headers;
        known.total = length === undefined ? undefined : Number(length);
        // A weak one (W/"…") doesn't promise equal bytes: RFC 9110, 13.1.5.
        known.etag = /^"/.test(etag?.toString() ?? "") ? etag?.toString() : undefined;
      }
      for await (const bytes of decoded(answer.body, encoding)) {
        known.done += bytes.length;
        yield {bytes, total: known.total};
      }
      if (known.total === undefined || known.done === known.total) return;
      throw new NetworkError(`${about}: the data ended after ${known.done} of ${known.total} bytes`);
    } catch (error) {
      signal?.throwIfAborted();
      const call = transport.objectCall("GET", url);
      const failure =
        error instanceof IkigaiError ? error : connectionFailure({call, about}, url.host, error);
      failures = known.done > furthest ? 1 : failures + 1;
      furthest = Math.max(furthest, known.done);
      // A store that has stalled is as good as one that has hung up.
      const mayPass = failure instanceof TimeoutError || isPassing(failure, transport.retry);
      const isRefused = failure instanceof DownloadError && expired.includes(failure.status ?? 0);
      const isExpired = isRefused && failures <= mostFreshUrls;
      const wait = isExpired || mayPass ? waitBefore(failures, failure, transport.retry) : undefined;
      if (wait === undefined) {
        throw new DownloadError(
          `${failure.message}. Given up after ${known.done}${known.total === undefined ? "" : ` of ${known.total}`} bytes`,
          {call, status: failure.status, cause: failure.cause}
        );
      }
      if (isExpired) url = await freshUrl();
      await pause(wait, signal);
    }
  }
}

/** Asks for the object, or for what is missing of it. Throws for a refusal, but not when there is no such rest (416). */
async function ask(
  transport: Transport,
  url: URL,
  {done, etag}: Known,
  about: string,
  signal?: AbortSignal
): Promise<Dispatcher.ResponseData> {
  const isRest = done > 0 && etag !== undefined;
  const headers: Record<string, string> = isRest ? {range: `bytes=${done}-`, "if-range": etag} : {};
  const answer = await transport.getObject(url, headers, signal);
  const {statusCode: status} = answer;
  if (status < 400 || status === 416) return answer;
  const reason = transport.reasonIn(await answer.body.text());
  if (status === 429 || status >= 500) {
    const call = transport.objectCall("GET", url);
    throw rejection({call, about}, status, reason, retryAfter(answer.headers["retry-after"]?.toString()));
  }
  throw new DownloadError(`${about}: the object store refused: ${reason} [${status}]`, {
    status
  });
}

/** Whether an answer goes on where the bytes that have come end, and is of the same version. */
function continues({statusCode, headers}: Dispatcher.ResponseData, {done, total, etag}: Known): boolean {
  if (done === 0) return statusCode === 200;
  const [, start, size] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers["content-range"]?.toString() ?? "") ?? [];
  return (
    statusCode === 206 &&
    Number(start) === done &&
    (total === undefined || Number(size) === total) &&
    (headers.etag === undefined || headers.etag === etag)
  );
}

/** The store is asked for plain bytes, but gives what it has. */
function decoded(body: Dispatcher.ResponseData["body"], encoding: string): AsyncIterable<Uint8Array> {
  const decoder = decoders[encoding]?.();
  // Errors of either come out where the decoder is read.
  return (decoder ? pipeline(body, decoder, () => {}) : body) as AsyncIterable<Uint8Array>;
}
