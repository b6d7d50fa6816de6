// Which bytes of a file a Range header asks for (RFC 9110, section 14). The gateway answers them of a site's files, the local platform of
// a dataset's.

/** From the first byte to the last, both included. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * What a Range header asks of so many bytes: a part, `"none"` where nothing of it is there, or undefined where the header should be
 * ignored: another unit, what can't be read, and several parts at once, for which a server may answer with the whole.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | "none" | undefined {
  const [, from, to] = /^bytes=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/.exec(header ?? "") ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return undefined;
  if (from === "") {
    const length = Math.min(Number(to), size);
    return length === 0 ? "none" : {first: size - length, last: size - 1};
  }
  if (to !== "" && Number(to) < Number(from)) return undefined;
  if (Number(from) >= size) return "none";
  return {first: Number(from), last: to === "" ? size - 1 : Math.min(Number(to), size - 1)};
}
