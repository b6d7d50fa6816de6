// What a file is, as its answer's Content-Type tells.
import mime from "mime";

/** Types that the usual tables lack, or tell otherwise than a data site means them: `.ts` isn't a video here. */
const own: Record<string, string> = {
  arrow: "application/vnd.apache.arrow.file",
  arrows: "application/vnd.apache.arrow.stream",
  parquet: "application/vnd.apache.parquet",
  jsonl: "application/x-ndjson",
  ndjson: "application/x-ndjson",
  ts: "text/plain"
};

/** Types of text, which is always UTF-8 here. */
const text = /^text\/|\+(?:json|xml)$|^application\/(?:json|javascript|xml|x-ndjson|manifest\+json|toml)$/;

/** How an Arrow file begins that has its parts listed at its end; a stream begins with its first message. */
const arrowFile = "ARROW1";

/** @param start the file's first bytes, which tell the two kinds of `.arrow` apart */
export function contentType(name: string, start: Uint8Array): string {
  const extension = /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const isStream =
    extension === "arrow" &&
    Buffer.from(start.subarray(0, arrowFile.length)).toString("latin1") !== arrowFile;
  const key = isStream ? "arrows" : extension;
  const type = (Object.hasOwn(own, key) ? own[key] : mime.getType(key)) ?? "application/octet-stream";
  return text.test(type) ? `${type}; charset=utf-8` : type;
}
