// Parts of an object: one byte range, as `Range: bytes=…` asks (RFC 9110, section 14).
import parseRange from "range-parser";

export interface ByteRange {
  start: number;
  /** The last byte, inclusive. */
  end: number;
}

/**
 * The range a header asks for of so many bytes: undefined where it asks for all of it (also when it makes no sense or
 * asks for several ranges, which a server may then ignore), "unsatisfiable" where it lies beyond the end.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | "unsatisfiable" | undefined {
  const ranges = header === undefined ? -2 : parseRange(size, header);
  if (ranges === -1) return "unsatisfiable";
  return ranges === -2 || ranges.type !== "bytes" || ranges.length > 1 ? undefined : ranges[0];
}
