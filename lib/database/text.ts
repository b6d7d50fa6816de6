// A file's bytes as text, where they are what they should be.

/** Decodes UTF-8, without its byte order mark. With `isWhole` false the bytes may end in the middle of a character. */
export function decodeText(bytes: ArrayBuffer | Uint8Array, isWhole = true): string {
  const [first, second] = new Uint8Array(bytes instanceof Uint8Array ? bytes.subarray(0, 2) : bytes);
  if (first === 0x1f && second === 0x8b)
    throw new Error("it is gzip, not text: decompress it before it is published");
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(bytes, {stream: !isWhole});
  } catch (cause) {
    throw new Error("it isn't UTF-8. Write the data as UTF-8.", {cause});
  }
}
