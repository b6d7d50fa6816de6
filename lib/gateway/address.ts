// The addresses that limits count: one household or office each.
import {isIPv6} from "node:net";

/**
 * An address as limits count it. Of IPv6 that is the /64, for a provider gives each customer at least that many: who is refused at one
 * address would go on at the next of 2^64.
 */
export function countedAddress(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(plain)) return plain;
  // The last 32 bits may be written as IPv4.
  const [head = "", tail] = plain
    .replace(/%.*$/, "")
    .replace(/[\d.]+\.\d+$/, "0:0")
    .split("::");
  const [first, last] = [head, tail ?? ""].map((part) => (part === "" ? [] : part.split(":")));
  const zeros = tail === undefined ? 0 : 8 - first!.length - last!.length;
  const groups = [...first!, ...Array<string>(zeros).fill("0"), ...last!];
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
