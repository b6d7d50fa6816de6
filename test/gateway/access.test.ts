// The access rules, and what none of them lets in.
import {mkdtemp} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {ask, code, fromPage, start} from "./support.js";

const token = "a-token-of-enough-characters";

describe("listening for others", () => {
  it.each(["0.0.0.0", "::", "192.168.1.7", "dashboards.example.com"])(
    "at %s without a rule is refused, with how to fix it",
    async (host) => {
      await expect(start({host})).rejects.toThrow(/IKIGAI_GATEWAY_TOKEN[^]*userHeader, trustedProxies/);
    }
  );

  it("needs a token that can't be guessed, and one rule", async () => {
    await expect(start({host: "0.0.0.0", token: "short"})).rejects.toThrow(
      /5 characters, and needs 16.*openssl/
    );
    const gateway = {userHeader: "x-user", trustedProxies: ["10.0.0.1"]};
    await expect(start({host: "0.0.0.0", token, config: {gateway}})).rejects.toThrow(/Two access rules/);
    await expect(start({host: "0.0.0.0", token: "short"})).rejects.not.toThrow(/short"/);
  });

  it("works with one", async () => {
    const {url} = await start({host: "0.0.0.0", token});
    expect((await ask(url, "/")).status).toBe(401);
  });

  it("at a taken port says so", async () => {
    const {url} = await start();
    await expect(start({port: Number(new URL(url).port)})).rejects.toThrow(
      /Port \d+ of 127.0.0.1 is taken.*--port/
    );
  });
});

describe("without a rule", () => {
  it.each(["localhost", "127.0.0.1", "[::1]", "LOCALHOST", "localhost:8080"])(
    "who asks for %s is let in, through a tunnel too",
    async (host) => {
      const {url} = await start();
      expect((await ask(url, "/", {headers: {host}})).status).toBe(200);
    }
  );

  it.each([
    "evil.example.com",
    "localhost.evil.example.com",
    "127.0.0.1.evil.example.com",
    "10.0.0.1",
    "::1.x"
  ])("a name of somebody else's that leads here, %s, leads nowhere", async (host) => {
    const {url} = await start();
    for (const path of ["/", "/api/flows"]) {
      const answer = await ask(url, path, {headers: {host}});
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain("Overview");
    }
  });
});

describe("a shared token", () => {
  const signIn = (url: string, given: unknown, headers: Record<string, string> = {}) =>
    ask(url, "/api/session", {
      method: "POST",
      headers: {...fromPage(url), ...headers},
      body: JSON.stringify({token: given})
    });
  const cookieOf = (answer: Awaited<ReturnType<typeof ask>>) => answer.headers["set-cookie"]![0]!;

  it("is asked for before anything is shown: pages, files, and the API", async () => {
    const {url} = await start({token});
    const page = await ask(url, "/", {headers: {accept: "text/html,*/*"}});
    expect(page.status).toBe(401);
    expect(page.body).toMatch(/<title>Sign in<\/title>[^]*<label for="token">/);
    expect(page.body).not.toContain("Overview");
    for (const path of ["/", "/_file/x.csv", "/api/flows", "/api/events", "/api/nothing"]) {
      const answer = await ask(url, path);
      expect([path, answer.status, code(answer)]).toEqual([path, 401, "signin"]);
    }
  });

  it("signs in, with a cookie that holds nothing of it", async () => {
    const {url} = await start({token});
    const signed = await signIn(url, token);
    expect(signed.status).toBe(204);
    const cookie = cookieOf(signed);
    expect(cookie).toMatch(/^ikigai-session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(token);
    const headers = {cookie: cookie.split(";")[0]!};
    expect((await ask(url, "/", {headers})).body).toContain("Overview");
    expect((await ask(url, "/api/nothing", {headers})).status).toBe(404);
  });

  it("outlives a restart, and is void with another token", async () => {
    const cookie = cookieOf(await signIn((await start({token})).url, token)).split(";")[0]!;
    const headers = {cookie};
    expect((await ask((await start({token})).url, "/", {headers})).status).toBe(200);
    expect((await ask((await start({token: `${token}!`})).url, "/", {headers})).status).toBe(401);
  });

  it("gives a cookie for encrypted connections alone where there are some", async () => {
    const {url} = await start({token});
    const host = new URL(url).host;
    const answer = await signIn(url, token, {origin: `https://${host}`});
    expect(cookieOf(answer)).toMatch(/; Secure/);
  });

  it("isn't another, nor something else", async () => {
    const {url} = await start({token});
    for (const given of ["", token.slice(1), `${token} `, null, 5, [token], {length: token.length}]) {
      const answer = await signIn(url, given);
      expect([answer.status, code(answer), answer.headers["set-cookie"]]).toEqual([401, "signin", undefined]);
    }
  });

  it("isn't guessed at more than some times a minute", async () => {
    const {url} = await start({token});
    const codes = [];
    for (let i = 0; i < 15; ++i) codes.push(code(await signIn(url, `guess ${i}`)));
    expect(codes).toEqual([...Array<string>(10).fill("signin"), ...Array<string>(5).fill("toomany")]);
    expect(code(await signIn(url, token))).toBe("toomany");
  });

  it("isn't guessed at from many addresses more than some times an hour, but by those who were in", async () => {
    const {url} = await start({token, host: "0.0.0.0"});
    const cookie = cookieOf(await signIn(url, token)).split(";")[0]!;
    const from = (n: number) => `127.0.1.${n}`;
    const guess = (n: number, given: string, headers = {}) =>
      ask(url, "/api/session", {
        method: "POST",
        from: from(n),
        headers: {...fromPage(url), ...headers},
        body: JSON.stringify({token: given})
      });
    const codes = [];
    for (let i = 0; i < 23; ++i) codes.push(code(await guess(1 + Math.floor(i / 4), `guess ${i}`)));
    expect(codes).toEqual([...Array<string>(21).fill("signin"), ...Array<string>(2).fill("toomany")]);
    expect(code(await guess(50, token))).toBe("toomany");
    expect((await guess(51, token, {cookie})).status).toBe(204);
  });

  it("is still taken from where it was given before, while others guess", async () => {
    const {url} = await start({token, host: "0.0.0.0"});
    const bearer = (from: string, given: string) =>
      ask(url, "/api/metrics", {from, headers: {authorization: `Bearer ${given}`}});
    expect((await bearer("127.0.1.1", token)).status).toBe(200);
    for (let i = 0; i < 25; ++i) await bearer("127.0.1.2", `guess ${i}`);
    expect((await bearer("127.0.1.1", token)).status).toBe(200);
    expect(code(await bearer("127.0.1.3", token))).toBe("toomany");
  });

  it("leaves one who signs in again the same viewer", async () => {
    const {url} = await start({token});
    const first = cookieOf(await signIn(url, token)).split(";")[0]!;
    const second = cookieOf(await signIn(url, token, {cookie: first})).split(";")[0]!;
    expect(second.split(".")[0]).toBe(first.split(".")[0]);
    expect(cookieOf(await signIn(url, token)).split(".")[0]).not.toBe(first.split(".")[0]);
  });

  it("isn't replaced by a cookie that somebody made up, changed or kept too long", async () => {
    const {url} = await start({token});
    const [name, value] = cookieOf(await signIn(url, token))
      .split(";")[0]!
      .split("=") as [string, string];
    const [id, ends, signature] = value.split(".") as [string, string, string];
    for (const forged of [
      "",
      token,
      `${id}.${ends}`,
      `${id}.${ends}.`,
      `${id}.${Number(ends) + 1}.${signature}`,
      `other.${ends}.${signature}`,
      `${id}.NaN.${signature}`,
      `${id}.${ends}.${signature.slice(1)}`
    ]) {
      const answer = await ask(url, "/", {headers: {cookie: `${name}=${forged}`}});
      expect([forged, answer.status]).toEqual([forged, 401]);
    }
  });

  it("isn't taken from another site's page, nor from a form", async () => {
    const {url} = await start({token});
    expect(code(await signIn(url, token, {origin: "https://evil.example.com"}))).toBe("origin");
    const form = await ask(url, "/api/session", {
      method: "POST",
      headers: {origin: url, "content-type": "application/x-www-form-urlencoded"},
      body: `token=${token}`
    });
    expect(code(form)).toBe("origin");
  });
});

describe("a proxy that signs viewers in", () => {
  const proxy = "127.0.0.2";
  const config = {gateway: {userHeader: "X-Forwarded-User", trustedProxies: [proxy, "10.0.0.0/8"]}};
  const named = (name: string | string[]) => ({"x-forwarded-user": name});

  it("is believed", async () => {
    const {url} = await start({config, host: "0.0.0.0"});
    const answer = await ask(url, "/", {from: proxy, headers: named("ann")});
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining("Overview")]);
  });

  it("is refused when it names nobody", async () => {
    const {url} = await start({config});
    const answer = await ask(url, "/", {from: proxy, headers: {accept: "text/html"}});
    expect([answer.status, code(answer)]).toEqual([401, "signin"]);
    expect(answer.body).toContain("X-Forwarded-User");
  });

  it("can't be played by another, whatever that one sends", async () => {
    const {url} = await start({config});
    for (const headers of [
      named("ann"),
      {...named("ann"), "x-forwarded-for": proxy, forwarded: `for=${proxy}`, "x-real-ip": proxy},
      {}
    ]) {
      for (const path of ["/", "/api/flows"]) {
        const answer = await ask(url, path, {headers: headers});
        expect([answer.status, code(answer)]).toEqual([403, "forbidden"]);
      }
    }
  });

  it("can't be made to pass on a name beside its own", async () => {
    const {url} = await start({config});
    const answer = await ask(url, "/", {from: proxy, headers: named(["admin", "ann"])});
    expect([answer.status, code(answer)]).toEqual([403, "forbidden"]);
    expect((await ask(url, "/", {from: proxy, headers: named("a".repeat(300))})).status).toBe(403);
  });

  it("can be reached over IPv6 as well", async () => {
    const {url} = await start({
      config: {gateway: {userHeader: "x-user", trustedProxies: ["::1"]}},
      host: "::"
    });
    expect((await ask(url, "/", {headers: {"x-user": "ann"}})).status).toBe(200);
    const mapped = url.replace("[::1]", "127.0.0.1");
    expect((await ask(mapped, "/", {headers: {"x-user": "ann"}})).status).toBe(403);
  });

  it("has no other way in", async () => {
    const {url} = await start({config});
    const answer = await ask(url, "/api/session", {
      method: "POST",
      headers: fromPage(url),
      body: '{"token": ""}'
    });
    expect(answer.status).toBe(403);
  });
});

it("leaves nothing running when it can't start", async () => {
  const state = await mkdtemp(join(tmpdir(), "ikigai-gateway-"));
  await expect(start({state, site: {folder: "/nowhere"}})).rejects.toThrow(/no built site/);
  const {url} = await start({state});
  expect((await ask(url, "/")).status).toBe(200);
});
