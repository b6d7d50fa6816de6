// Something that the site answers with: its bodies, in memory or on the disk, and the headers that go with each.
import {createHash} from "node:crypto";
import type {Encoding} from "./encoding.js";

export interface Body {
  /** In bytes. */
  size: number;
  /** The bytes, where they are kept in memory. */
  content?: Buffer | undefined;
  /** Where they are on the disk. A page, which the gateway has changed, is in memory alone. */
  path?: string;
}

export interface Asset {
  bodies: {identity: Body} & Partial<Record<Encoding, Body>>;
  /** Of the content as it is without encoding. */
  hash: string;
  type: string;
  policy: string;
  modified: Date;
  /** Whether its content never changes under this name. */
  immutable: boolean;
}

export const hashOf = (content: Uint8Array): string =>
  createHash("sha256").update(content).digest("base64url").slice(0, 27);

/** Strong: the same tag means the same bytes, so that parts of two answers fit together. */
const etagOf = ({hash}: Asset, encoding: Encoding): string =>
  encoding === "identity" ? `"${hash}"` : `"${hash}-${encoding}"`;

export type Headers = Record<string, string>;

/**
 * All that an answer with this body says of it.
 * @param scope who can keep it: `private` where an access rule says who can see it, or else a proxy would show it to others
 */
export function headersOf(asset: Asset, encoding: Encoding, scope: "private" | "public"): Headers {
  const caching = asset.immutable ? "max-age=31536000, immutable" : "no-cache";
  return {
    "content-type": asset.type,
    "content-length": String(asset.bodies[encoding]!.size),
    "content-security-policy": asset.policy,
    "cache-control": `${scope}, ${caching}`,
    etag: etagOf(asset, encoding),
    "last-modified": asset.modified.toUTCString(),
    vary: "accept-encoding",
    ...(encoding === "identity" ? {"accept-ranges": "bytes"} : {"content-encoding": encoding})
  };
}
