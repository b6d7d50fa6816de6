// A file's bytes as text, where they are what they should be.
import {whyNotText} from "../tabular/file-kind.js";

/** Decodes UTF-8, without its byte order mark. With `isWhole` false the bytes may end in the middle of a character. */
export function decodeText(bytes: Uint8Array, format: "CSV" | "JSON", isWhole = true): string {
  const fault = whyNotText(bytes, format);
  if (fault) throw new Error(fault);
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(bytes, {stream: !isWhole});
  } catch (cause) {
    throw new Error("it isn't UTF-8. Write the data as UTF-8.", {cause});
  }
}
