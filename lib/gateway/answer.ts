// Answers a request with an asset: the encoding that it wants, the part that it asks for, or that nothing has changed.
import {open} from "node:fs/promises";
import {pipeline} from "node:stream/promises";
import type {FastifyReply, FastifyRequest} from "fastify";
import {byteRange, type ByteRange} from "../wire/byte-range.js";
import {headersOf, type Asset, type Body, type Headers} from "./asset.js";
import {chooseEncoding, type Encoding} from "./encoding.js";
import {strictHeaders} from "./headers.js";

/** Bytes that are read from the disk at a time. */
const chunk = 256 * 1024;

export interface AnswerOptions {
  scope: "private" | "public";
  /** 404 for the page that says so; 200 if left out. */
  status?: number;
}

/**
 * Answers with all headers. It writes them past Fastify, which would look at each of them for each answer: that
 * takes as long as all else together.
 */
export async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  asset: Asset,
  {scope, status = 200}: AnswerOptions
): Promise<void> {
  const asked = request.headers;
  const ranged = status === 200 && asked.range !== undefined && request.method === "GET";
  // A part is of the bytes as they are: of compressed ones nobody could read the middle.
  const encoding = ranged
    ? "identity"
    : chooseEncoding(asked["accept-encoding"], (encoding) => asset.bodies[encoding] !== undefined);
  const {headers, list, unchanged} = headersFor(asset, encoding, scope);
  const [etag, modified] = [headers.etag!, headers["last-modified"]!];
  const body = asset.bodies[encoding]!;
  if (status === 200) {
    if (asked["if-match"] !== undefined && !names(asked["if-match"], etag, true)) {
      return send(request, reply, 412, listOf({...strictHeaders, "content-length": "0"}));
    }
    if (isUnchanged(asked, etag, modified)) return send(request, reply, 304, unchanged);
  }
  const part =
    ranged && isSameAsBefore(asked["if-range"], etag, modified)
      ? byteRange(asked.range, body.size)
      : undefined;
  if (part === undefined) return send(request, reply, status, list, body);
  if (part === "none") {
    const range = {"content-range": `bytes */${body.size}`, "content-length": "0"};
    return send(request, reply, 416, listOf({...strictHeaders, ...range}));
  }
  const ofPart = {
    "content-range": `bytes ${part.first}-${part.last}/${body.size}`,
    "content-length": String(part.last - part.first + 1)
  };
  return send(request, reply, 206, listOf({...headers, ...ofPart}), body, part);
}

async function send(
  {method}: FastifyRequest,
  reply: FastifyReply,
  status: number,
  headers: string[],
  body?: Body,
  part?: ByteRange
): Promise<void> {
  const {raw} = reply;
  const {content, path, size = 0} = body ?? {};
  const isEmpty = method === "HEAD" || size === 0;
  // A file that was opened stays whole, whatever is published meanwhile. What can't be opened is an error that can still be told.
  const file = isEmpty || content ? undefined : await open(path!, "r");
  reply.hijack();
  raw.writeHead(status, headers);
  reply.bodySize = isEmpty ? 0 : part ? part.last - part.first + 1 : size;
  if (isEmpty) raw.end();
  else if (content) raw.end(part ? content.subarray(part.first, part.last + 1) : content);
  else {
    const [start, end] = [part?.first ?? 0, part?.last ?? size - 1];
    // Who reads no more has gone, and a connection that breaks says that the rest is missing.
    await pipeline(file!.createReadStream({start, end, highWaterMark: chunk}), raw).catch(() =>
      raw.destroy()
    );
  }
}

interface MadeHeaders {
  headers: Headers;
  /** As Node takes them fastest: names and values in turns. */
  list: string[];
  /** Of an answer that says that nothing has changed. */
  unchanged: string[];
}

/** Headers are made once for each body: they are the same for every viewer. */
const made = new WeakMap<Asset, Map<string, MadeHeaders>>();

function headersFor(asset: Asset, encoding: Encoding, scope: AnswerOptions["scope"]): MadeHeaders {
  let all = made.get(asset);
  if (!all) made.set(asset, (all = new Map<string, MadeHeaders>()));
  const key = scope + encoding;
  let found = all.get(key);
  if (!found) {
    const headers: Headers = {...strictHeaders, ...headersOf(asset, encoding, scope)};
    const {"content-length": _, "content-type": __, ...rest} = headers;
    all.set(key, (found = {headers, list: listOf(headers), unchanged: listOf(rest)}));
  }
  return found;
}

const listOf = (headers: Headers) => Object.entries(headers).flat();

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

declare module "fastify" {
  interface FastifyReply {
    /** Bytes of the body, where it is sent past Fastify. */
    bodySize: number;
  }
}
