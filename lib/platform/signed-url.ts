// URLs of the object store: everyone who has one can do that one thing until it expires, and no key is needed.
// After S3's presigned URLs (query authentication, version 2): Expires in epoch seconds, an HMAC as the Signature.
import {createHmac, timingSafeEqual} from "node:crypto";

export type Method = "GET" | "PUT";

/** Seconds that a URL lives. */
const lifetime = 3600;

/** Signs for a platform that is reached at `baseUrl`. */
export class UrlSigner {
  constructor(
    private readonly secret: string,
    private readonly baseUrl: () => string
  ) {}

  sign(method: Method, path: string): string {
    const expires = String(Math.floor(Date.now() / 1000) + lifetime);
    const query = new URLSearchParams({Expires: expires, Signature: this.#signature(method, path, expires)});
    return `${this.baseUrl()}${path}?${query.toString()}`;
  }

  /** What is wrong with a request's signature, or undefined. */
  fault(
    method: Method,
    path: string,
    query: Record<string, unknown>
  ): "unsigned" | "forged" | "expired" | undefined {
    const {Expires: expires, Signature: signature} = query;
    if (typeof expires !== "string" || typeof signature !== "string") return "unsigned";
    const [given, right] = [Buffer.from(signature), Buffer.from(this.#signature(method, path, expires))];
    if (given.length !== right.length || !timingSafeEqual(given, right)) return "forged";
    return Number(expires) * 1000 <= Date.now() ? "expired" : undefined;
  }

  #signature(method: Method, path: string, expires: string): string {
    return createHmac("sha256", this.secret).update(`${method}\n${path}\n${expires}`).digest("base64url");
  }
}
