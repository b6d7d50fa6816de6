// The object store, beside the API as S3 is beside the real one: PUT a part, GET a dataset, each with a signed URL and
// nothing else, streamed both ways, refused in S3's own XML.
import type {FastifyInstance, FastifyReply, FastifyRequest} from "fastify";
import {open} from "node:fs/promises";
import type {Readable} from "node:stream";
import {byteRange} from "../wire/byte-range.js";
import type {Context} from "./context.js";
import {hasCode} from "./error.js";
import {PartTooLargeError} from "./parts.js";
import type {Method} from "./signed-url.js";

export const uploadPath = (uploadId: string, part: number) => `/object-store/uploads/${uploadId}/${part}`;
export const datasetPath = (datasetId: string) => `/object-store/datasets/${datasetId}`;

const escapeXml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function refuse(
  reply: FastifyReply,
  status: number,
  code: string,
  message: string,
  details = ""
): FastifyReply {
  return reply
    .code(status)
    .type("application/xml")
    .header("connection", "close")
    .send(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message>` +
        `${details}<RequestId>${reply.request.id}</RequestId></Error>`
    );
}

/** Refuses what was signed until a time, in epoch seconds. */
export function refuseExpired(reply: FastifyReply, expires: number): FastifyReply {
  const iso = (time: number) => new Date(time).toISOString().replace(/\.\d+/, "");
  const details = `<Expires>${iso(expires * 1000)}</Expires><ServerTime>${iso(Date.now())}</ServerTime>`;
  return refuse(reply, 403, "AccessDenied", "Request has expired", details);
}

/** Refuses what isn't signed, is signed for something else, has expired, or carries a key where none belongs. */
function refuseUnsigned(
  {signer}: Context,
  method: Method,
  path: string,
  request: FastifyRequest,
  reply: FastifyReply
): FastifyReply | undefined {
  if (request.headers["api-key"] !== undefined) {
    const message =
      "A signed URL takes no other authentication: the api-key header must not be sent to the object store";
    return refuse(reply, 400, "InvalidArgument", message);
  }
  const query = request.query as Record<string, unknown>;
  const fault = signer.fault(method, path, query);
  if (fault === "expired") return refuseExpired(reply, Number(query.Expires));
  if (fault === "unsigned") return refuse(reply, 403, "AccessDenied", "Access Denied");
  if (fault === "forged") {
    return refuse(
      reply,
      403,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided."
    );
  }
  return undefined;
}

export function objectStore(context: Context) {
  const {state, objects, parts} = context;

  return async (server: FastifyInstance): Promise<void> => {
    // Bodies are bytes, read by the handler as they come.
    server.removeAllContentTypeParsers();
    server.addContentTypeParser("*", (_request, _payload, done) => done(null));

    server.put<{Params: {uploadId: string; part: string}}>(
      "/object-store/uploads/:uploadId/:part",
      async (request, reply) => {
        const {uploadId} = request.params;
        const number = Number(request.params.part);
        const refused = refuseUnsigned(context, "PUT", uploadPath(uploadId, number), request, reply);
        if (refused) return refused;
        const upload = state.tables.uploads.get(uploadId);
        if (!upload || upload.etags) {
          const message = "The specified upload does not exist. It may have been aborted or completed.";
          return refuse(reply, 404, "NoSuchUpload", message);
        }
        if (Number(request.headers["content-length"] ?? 0) > upload.size)
          return refuseTooLarge(reply, upload.size);
        try {
          const etag = await parts.receive(uploadId, number, request.raw, upload.size);
          return await reply.header("etag", `"${etag}"`).send();
        } catch (error) {
          if (error instanceof PartTooLargeError) return refuseTooLarge(reply, upload.size);
          if (hasCode(error, "ENOSPC")) return refuse(reply, 507, "InsufficientStorage", "The disk is full");
          throw error;
        }
      }
    );

    server.get<{Params: {datasetId: string}}>("/object-store/datasets/:datasetId", async (request, reply) => {
      const {datasetId} = request.params;
      const refused = refuseUnsigned(context, "GET", datasetPath(datasetId), request, reply);
      if (refused) return refused;
      const objectId = state.tables.datasets.get(datasetId)?.objectId;
      if (!objectId) return refuse(reply, 404, "NoSuchKey", "The specified key does not exist.");
      return sendObject(objects.path(objectId), `"${objectId}"`, request, reply);
    });
  };
}

const refuseTooLarge = (reply: FastifyReply, size: number) =>
  refuse(reply, 400, "EntityTooLarge", `The part is larger than the whole upload of ${size} bytes`);

/** Streams a file, or the range of it that is asked for, if it still is the version that the client began with. */
async function sendObject(
  path: string,
  etag: string,
  request: FastifyRequest,
  reply: FastifyReply
): Promise<FastifyReply> {
  const file = await open(path, "r").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  });
  if (!file) return refuse(reply, 404, "NoSuchKey", "The specified key does not exist.");
  const {size, mtime} = await file.stat();
  const unchanged = [undefined, etag].includes(request.headers["if-range"] as string | undefined);
  const range = unchanged ? byteRange(request.headers.range, size) : undefined;
  void reply
    .header("accept-ranges", "bytes")
    .header("etag", etag)
    .header("last-modified", mtime.toUTCString())
    .type("text/csv");
  if (range === "none") {
    await file.close();
    void reply.header("content-range", `bytes */${size}`);
    return refuse(reply, 416, "InvalidRange", "The requested range is not satisfiable");
  }
  const [start, end] = range ? [range.first, range.last] : [0, size - 1];
  void reply.header("content-length", end - start + 1);
  if (range) void reply.code(206).header("content-range", `bytes ${start}-${end}/${size}`);
  if (end < start) {
    await file.close();
    return reply.send("");
  }
  // With 64 kB at a time, Node's own choice, a download takes more than twice the CPU.
  const body: Readable = file.createReadStream({start, end, highWaterMark: 2 ** 20});
  return reply.send(body);
}
