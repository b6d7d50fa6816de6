// Parts of an object: one byte range, as `Range: bytes=…` asks (RFC 9110, section 14).

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
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(" ", "") ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return undefined;
  const [first, last] = [match[1]!, match[2]!];
  if (first === "") {
    const length = Number(last);
    if (length === 0 || size === 0) return "unsatisfiable";
    return {start: Math.max(0, size - length), end: size - 1};
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return undefined;
  if (start >= size) return "unsatisfiable";
  return {start, end: last === "" ? size - 1 : Math.min(Number(last), size - 1)};
}
