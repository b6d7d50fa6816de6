// Who may call at all.
import {readFile, stat} from "node:fs/promises";
import {request} from "node:http";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {startPlatform} from "../../lib/platform/index.js";
import {Caller, callerOf, platform, temporaryFolder} from "./support.js";

describe("authentication", () => {
  it("refuses calls without the headers, as the real platform words it", async () => {
    const {platform: running} = await platform();
    const nobody = new Caller(running.baseUrl, {});
    const calls = ["/access/heartbeat", "/search/heartbeat", "get-projects-for-user", "get-facet-specs"];
    for (const call of calls) {
      expect(await nobody.refusal("GET", call)).toEqual([403, "Missing Authentication Token"]);
    }
    const keyless = new Caller(running.baseUrl, {user: running.userEmail});
    expect(await keyless.refusal("GET", "get-projects-for-user")).toEqual([
      403,
      "Missing Authentication Token"
    ]);
  });

  it("answers heartbeats whatever the key is, and nothing else", async () => {
    const {platform: running} = await platform();
    const wrong = new Caller(running.baseUrl, {user: running.userEmail, "api-key": "guessed"});
    for (const call of ["/access/heartbeat", "/search/heartbeat"])
      expect(await wrong.get(call)).toBeDefined();
    expect((await wrong.refusal("GET", "get-projects-for-user"))[0]).toBe(401);
  });

  it("knows each user by their own key", async () => {
    const {platform: running} = await platform();
    const other = await running.addUser("Bob@Example.com");
    expect(other.userEmail).toBe("bob@example.com");
    const bob = callerOf(running, other);
    expect((await bob.get("get-projects-for-user", {fetch_all: true})).projects).toEqual([]);
    const mixed = callerOf(running, {userEmail: running.userEmail, apiKey: other.apiKey});
    expect((await mixed.refusal("GET", "get-projects-for-user"))[0]).toBe(401);
    expect(await running.addUser("bob@example.com")).toEqual(other);
  });

  it("keeps keys over a restart, in a file for its owner alone", async () => {
    const data = await temporaryFolder();
    const first = await startPlatform({data});
    await first.close();
    const second = await startPlatform({data});
    await second.close();
    expect(second.apiKey).toBe(first.apiKey);
    expect(second.apiKey.length).toBeGreaterThanOrEqual(43);
    const file = join(data, "account.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, "utf8")).toContain(first.apiKey);
  });

  it("answers only to this machine's own names, so that no web page can reach it by another", async () => {
    const {platform: running, owner} = await platform();
    const status = await new Promise((resolve, reject) => {
      const headers = {...owner.headers, host: "platform.attacker.example"};
      request(`${running.baseUrl}/`, {headers}, (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it("says what it was asked, but never with what key", async () => {
    const lines: string[] = [];
    const {platform: running, owner} = await platform({log: (line) => lines.push(line)});
    await owner.get("get-projects-for-user", {fetch_all: "True"});
    await owner.refusal("GET", "get-project", {project_id: "none"});
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d GET \/component\/get-projects-for-user 200 \d+ ms$/);
    expect(lines[1]).toMatch(/ GET \/component\/get-project 404 \d+ ms$/);
    expect(lines.join()).not.toContain(running.apiKey);
  });

  it("names a call that doesn't exist", async () => {
    const {owner} = await platform();
    expect(await owner.refusal("POST", "launch-rocket")).toEqual([
      404,
      "There is no POST /component/launch-rocket"
    ]);
  });
});
