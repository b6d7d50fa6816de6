// What a part is called in its file's name: `demand.2024.parquet` is the part 2024.
import {createHash} from "node:crypto";
import {partList} from "../lib/config/index.js";

/** The part of the rows without a value. */
const noValue = "none";

/** What is no value's own name. */
const taken = [noValue, partList];

/**
 * The name of the part of a value. It is the value itself where that is lower-case letters, digits, "-" and "_"; of any other it is what
 * is left of it, and a hash that tells it from others: files that differ in capitals alone are one on some disks.
 */
export function partName(value: string | null): string {
  if (value === null) return noValue;
  const isPlain =
    /^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}_-]{0,39}$/u.test(value) && value === value.normalize("NFC");
  if (isPlain && !taken.includes(value) && !/-[0-9a-f]{8}$/.test(value)) return value;
  const left = value
    .toLowerCase()
    .normalize("NFC")
    .replace(/[^\p{Ll}\p{Lo}\p{N}]+/gu, "-")
    .match(/^.{0,40}/u)![0]
    .replace(/^-+|-+$/g, "");
  const hash = createHash("sha256").update(value).digest("hex").slice(0, 8);
  return left === "" ? `value-${hash}` : `${left}-${hash}`;
}
