// What one viewer and one address may take of the gateway.
import fc from "fast-check";
import {get} from "node:http";
import {describe, expect, it, onTestFinished} from "vitest";
import {countedAddress} from "../../lib/gateway/address.js";
import {Guesses} from "../../lib/gateway/guesses.js";
import {weakness} from "../../lib/gateway/token-strength.js";
import {start} from "./support.js";

describe("an address", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["64:ff9b::192.0.2.7", "64:ff9b:0:0::/64"],
    ["::", "0:0:0:0::/64"]
  ])("%s counts as %s", (address, counted) => expect(countedAddress(address)).toBe(counted));

  it("counts as its neighbors of the same /64, and as no other", () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.ipV6(), (one, other) => {
        const network = (address: string) => BigInt(`0x${hex(address).slice(0, 16)}`);
        expect(countedAddress(one) === countedAddress(other)).toBe(network(one) === network(other));
      })
    );
  });
});

/** All 32 digits of an IPv6 address, as a URL spells them out. */
function hex(address: string): string {
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail = ""] = plain.split("::");
  const [first, last] = [head, tail].map((part) => part.split(":").filter(Boolean));
  const zeros = Array<string>(plain.includes("::") ? 8 - first!.length - last!.length : 0).fill("0");
  return [...first!, ...zeros, ...last!].map((group) => group.padStart(4, "0")).join("");
}

describe("a token", () => {
  it.each([
    ["short", /has 5 characters/],
    ["a".repeat(16), /too few different/],
    ["abababababababababab", /too few different/],
    ["abcdefgabcdefgabcdefg", /repeats itself/],
    ["0123456789abcdef", /row of neighboring/],
    ["ZYXWVUTSRQPONMLKJIHG", /row of neighboring/],
    ["ikigai-dashboard-2024", /words that are tried first/],
    ["Password-Password-1!", /words|repeats/]
  ])("such as %s is weak, which is said without it", (token, message) => {
    expect(weakness(token)).toMatch(message);
    expect(weakness(token)).not.toContain(token);
  });

  it("of random bytes is not", () => {
    const digits = fc.array(fc.integer({min: 0, max: 15}), {minLength: 32, maxLength: 64});
    const random = digits.map((all) => all.map((digit) => digit.toString(16)).join(""));
    fc.assert(
      fc.property(fc.noShrink(random), (token) => {
        // Those that fast-check makes on purpose of few different digits are weak indeed.
        fc.pre(new Set(token).size > 10 && !/(.)\1\1/.test(token));
        expect(weakness(token)).toBeUndefined();
      })
    );
  });
});

describe("wrong guesses", () => {
  it("are heard ever later, up to a minute apart, and forgotten in an hour", () => {
    let now = 0;
    const guesses = new Guesses(() => now);
    for (let i = 0; i < 20; ++i) guesses.wrong();
    expect(guesses.wait).toBe(0);
    const waits = [];
    for (let i = 0; i < 9; ++i) {
      guesses.wrong();
      waits.push(guesses.wait / 1000);
      now += guesses.wait;
      expect(guesses.wait).toBe(0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    now += 3_600_000;
    guesses.wrong();
    expect(guesses.wait).toBe(0);
  });
});

describe("streams of events", () => {
  const config = {gateway: {userHeader: "x-user", trustedProxies: ["127.0.0.2"]}};

  /** Opens one; its status, and what ends it. */
  const open = (url: string, user: string, forwarded: string) =>
    new Promise<{status: number; close: () => void}>((resolve, reject) => {
      const headers = {"x-user": user, "x-forwarded-for": forwarded};
      const request = get(
        `${url}/api/events`,
        {headers, agent: false, localAddress: "127.0.0.2"},
        (response) => {
          response.on("error", () => {}).resume();
          resolve({status: response.statusCode!, close: () => request.destroy()});
        }
      ).on("error", reject);
      onTestFinished(() => void request.destroy());
    });

  it("are so many for one viewer, and others still get theirs", async () => {
    const {url} = await start({config, host: "0.0.0.0"});
    const anns = [];
    for (let i = 0; i < 31; ++i) anns.push(await open(url, "ann", `192.0.2.${i}`));
    expect(anns.map(({status}) => status)).toEqual([...Array<number>(30).fill(200), 429]);
    expect((await open(url, "bob", "192.0.2.1")).status).toBe(200);
    anns[0]!.close();
    await expect.poll(async () => (await open(url, "ann", "192.0.2.99")).status).toBe(200);
  });

  it("are so many for one address, whatever names come from it and however it counts in its network", async () => {
    const {url} = await start({config, host: "0.0.0.0"});
    const all = await Promise.all(
      Array.from({length: 302}, (_, i) => open(url, `user ${i}`, `2001:db8:1:2::${i.toString(16)}`))
    );
    expect(all.filter(({status}) => status === 429)).toHaveLength(2);
    expect((await open(url, "eve", "2001:db8:1:3::1")).status).toBe(200);
  });
});
