// Viewers that a proxy has signed in: it sends their names in a header.
import {BlockList, isIPv6} from "node:net";
import {Refused} from "./refused.js";
import type {Admit} from "./viewer.js";

/** Characters of the longest name that is accepted. */
const longestName = 200;

/**
 * Admits what comes from a trusted proxy and names a user. What counts is the address at the other end of the connection: anybody
 * could send the header itself, and headers with addresses.
 * @param proxies addresses and CIDR blocks
 */
export function proxyUser(header: string, proxies: readonly string[]): Admit {
  const isTrusted = addresses(proxies);
  return (request) => {
    if (!isTrusted(request.socket.remoteAddress)) {
      throw new Refused("forbidden", "This gateway is reached through its proxy only, which signs you in.");
    }
    // A proxy that adds its header to one that was sent along names two users, and the first is a forgery.
    const [sent, ...more] = request.raw.headersDistinct[header.toLowerCase()] ?? [];
    const name = sent === undefined ? "" : decoded(sent).trim();
    if (!name) throw new Refused("signin", `The proxy named no user: it should set ${header}.`);
    if (more.length > 0 || name.length > longestName || /\p{Cc}/u.test(name)) {
      throw new Refused("forbidden", `${header} should name one user, in ${longestName} characters at most.`);
    }
    return {name, id: `user:${name}`};
  };
}

/** Whether an address is one of these, or in one of these blocks. */
export function addresses(list: readonly string[]): (address: string | undefined) => boolean {
  const known = new BlockList();
  for (const entry of list) {
    const [address, prefix] = entry.split("/") as [string, string?];
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (prefix === undefined) known.addAddress(address, family);
    else known.addSubnet(address, Number(prefix), family);
  }
  return (address) => {
    if (address === undefined) return false;
    // A socket for both families gives IPv4 addresses as IPv6.
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
    return known.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
  };
}

/** Node reads headers as Latin-1; proxies write names in UTF-8. */
function decoded(value: string): string {
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(Buffer.from(value, "latin1"));
  } catch {
    return value;
  }
}
