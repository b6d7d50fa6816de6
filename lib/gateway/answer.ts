// Answers a request with an asset: the encoding that it wants, the part that it asks for, or that nothing has changed.
import {open} from "node:fs/promises";
import type {FastifyReply, FastifyRequest} from "fastify";
import {headersOf, type Asset, type Body, type Headers} from "./asset.js";
import {chooseEncoding, type Encoding} from "./encoding.js";
import {partOf, type Part} from "./range.js";

/** Bytes that are read from the disk at a time. */
const chunk = 256 * 1024;

/** Headers are made once for each body: they are the same for every viewer. */
const made = new WeakMap<Asset, Map<string, Headers>>();

export interface AnswerOptions {
  scope: "private" | "public";
  /** 404 for the page that says so; 200 if left out. */
  status?: number;
}

export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  asset: Asset,
  {scope, status = 200}: AnswerOptions
): FastifyReply | Promise<FastifyReply> {
  const asked = request.headers;
  const ranged = status === 200 && asked.range !== undefined && request.method === "GET";
  // A part is of the bytes as they are: of compressed ones nobody could read the middle.
  const encoding = ranged
    ? "identity"
    : chooseEncoding(asked["accept-encoding"], (encoding) => asset.bodies[encoding] !== undefined);
  const headers = headersFor(asset, encoding, scope);
  const etag = headers.etag!;
  if (status === 200) {
    if (asked["if-match"] !== undefined && !names(asked["if-match"], etag, true)) {
      return reply.code(412).header("cache-control", headers["cache-control"]).send();
    }
    if (isUnchanged(asked, etag, headers["last-modified"]!)) {
      const {"content-length": _, "content-type": __, "content-encoding": ___, ...rest} = headers;
      return reply.code(304).headers(rest).send();
    }
  }
  const body = asset.bodies[encoding]!;
  const part =
    ranged && isSameAsBefore(asked["if-range"], etag, headers["last-modified"]!)
      ? partOf(asked.range, body.size)
      : undefined;
  if (part === "none") {
    return reply
      .code(416)
      .headers({"content-range": `bytes */${body.size}`, "cache-control": "no-store"})
      .send();
  }
  reply.code(part ? 206 : status).headers(headers);
  if (part) {
    reply.headers({
      "content-range": `bytes ${part.first}-${part.last}/${body.size}`,
      "content-length": String(part.last - part.first + 1)
    });
  }
  if (request.method === "HEAD") return reply.send();
  return send(reply, body, part);
}

function send(reply: FastifyReply, body: Body, part: Part | undefined): FastifyReply | Promise<FastifyReply> {
  const {content, path, size} = body;
  if (content) return reply.send(part ? content.subarray(part.first, part.last + 1) : content);
  if (size === 0) return reply.send(Buffer.alloc(0));
  return (async () => {
    const file = await open(path!, "r");
    // A file that was opened stays whole, whatever is published meanwhile.
    return reply.send(
      file.createReadStream({start: part?.first ?? 0, end: part?.last ?? size - 1, highWaterMark: chunk})
    );
  })();
}

function headersFor(asset: Asset, encoding: Encoding, scope: AnswerOptions["scope"]): Headers {
  const all = made.get(asset) ?? new Map<string, Headers>();
  made.set(asset, all);
  const key = `${scope} ${encoding}`;
  let headers = all.get(key);
  if (!headers) all.set(key, (headers = headersOf(asset, encoding, scope)));
  return headers;
}

/** Whether the browser has it already. */
function isUnchanged(asked: FastifyRequest["headers"], etag: string, modified: string): boolean {
  const tags = asked["if-none-match"];
  if (tags !== undefined) return names(tags, etag, false);
  // Exactly: after a rollback a file is older than the one that the browser has.
  return asked["if-modified-since"] === modified;
}

/** Whether a part may be given of what the browser has the rest of. */
const isSameAsBefore = (condition: string | string[] | undefined, etag: string, modified: string) =>
  condition === undefined || condition === etag || condition === modified;

/** @param strong whether a tag that a proxy has weakened counts */
const names = (tags: string, etag: string, strong: boolean) =>
  tags.trim() === "*" ||
  tags.split(",").some((tag) => (strong ? tag.trim() : tag.trim().replace(/^W\//, "")) === etag);
