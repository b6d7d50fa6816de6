// `ikigai-kit serve` from end to end with a small site: who is let in, a run whose data is published, and what is left on disk.
import {randomUUID} from "node:crypto";
import {existsSync} from "node:fs";
import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it, onTestFinished, vi} from "vitest";
import type {Publication} from "../../lib/gateway-api/index.js";
import {shop} from "../gateway/shop.js";
import {ask, fromPage} from "../gateway/support.js";
import {run, start} from "./command.js";
import {config, preparedState, smallProject, type Project} from "./project.js";

vi.setConfig({testTimeout: 120_000}); // sites are built

let project: Project;
let state: Awaited<ReturnType<typeof preparedState>>;

beforeAll(async () => {
  project = await smallProject();
  state = await preparedState([shop]);
  const flows = {copy: {flow: "Copy", writes: ["sales"]}};
  await project.write("ikigai.config.ts", config({dataset: "Sold"}, {flows}));
  const built = await run(["build", ...local()], {cwd: project.root});
  expect(built.code, built.stderr).toBe(0);
});

afterAll(async () => {
  await project?.remove();
  await state?.remove();
});

const local = () => ["--local", "--data", state.data];

/** Serves the site and waits for its address. */
async function serve(args: string[] = [], env?: Record<string, string>) {
  const command = start(["serve", "--port", "0", ...local(), ...args], {cwd: project.root, env});
  onTestFinished(() => command.kill());
  const [, url] = await command.says(/The dashboard: +(http:\S+)/);
  return {command, url: url!};
}

/** The paths of a folder's files, at any depth, below which nothing is left out but `node_modules`. */
async function files(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {withFileTypes: true});
  const below = entries
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
    .map((entry) => files(join(folder, entry.name)));
  const here = entries.filter((entry) => entry.isFile()).map(({name}) => join(folder, name));
  return [...here, ...(await Promise.all(below)).flat()];
}

describe("serving", () => {
  it("needs a site that was built, and says how to before it starts a platform", async () => {
    const unbuilt = await smallProject();
    onTestFinished(() => unbuilt.remove());
    const {code, stdout, stderr} = await run(["serve", "--port", "0", ...local()], {cwd: unbuilt.root});
    expect(stderr).toMatch(
      /^ikigai-kit: There is no built site in .*dist\. Build it first: npx ikigai-kit build --local\n$/
    );
    expect([code, stdout]).toEqual([1, ""]);
  });

  it("a flow's run publishes what it wrote, to open pages and for the next start, and leaves the key nowhere", async () => {
    const {command, url} = await serve();
    const bodies: string[] = [];
    const got = async (path: string) => {
      const {status, body, headers} = await ask(url, path);
      bodies.push(JSON.stringify(headers), body);
      return {status, body};
    };
    const dataOf = (html: string) => `/${/_file\/data\/sales\.[0-9a-f]{8}\.csv/.exec(html)![0]}`;
    const front = await got("/");
    expect(front.body).toContain('<meta name="ikigai-gateway" content="/api">');
    const before = dataOf(front.body);
    expect((await got(before)).body).toBe("day,units\n2024-01-01,20\n");

    const ending = new AbortController();
    onTestFinished(() => ending.abort());
    const events = await fetch(`${url}/api/events`, {signal: ending.signal});
    const pressed = await ask(url, "/api/flows/copy/runs", {
      method: "POST",
      headers: {...fromPage(url), "idempotency-key": randomUUID()},
      body: '{"variables": {}}'
    });
    expect(pressed.status).toBe(201);
    let stream = "";
    for await (const chunk of events.body!.pipeThrough(new TextDecoderStream())) {
      stream += chunk;
      // While the next site is built, this one is served.
      expect((await got("/")).status).toBe(200);
      if (/"status":"(published|failed|lost|stopped)"/.test(stream) && /event: publication/.test(stream))
        break;
      expect(stream).not.toMatch(/"status":"failed"/);
    }
    bodies.push(stream);
    const [, sent] = /event: publication\ndata: (.*)\n/.exec(stream)!;
    const {files: published} = JSON.parse(sent!) as Publication;
    const after = published["data/sales.csv"]!;
    expect(after).toMatch(/^\/_file\/data\/sales\.[0-9a-f]{8}\.csv$/);
    expect(after).not.toBe(before);
    expect((await got(after)).body).toBe("day,units\n2024-01-01,20\n2024-01-02,22\n");
    expect((await got(before)).body).toBe("day,units\n2024-01-01,20\n");
    expect(dataOf((await got("/")).body)).toBe(after);

    expect(await command.interrupt()).toBe(0);
    await command.gone();
    const again = await serve();
    expect(dataOf((await ask(again.url, "/")).body)).toBe(after);
    expect(await again.command.interrupt()).toBe(0);

    const output = [command, again.command].map(({stdout, stderr}) => stdout + stderr);
    for (const text of [...bodies, ...output]) expect(text).not.toContain(state.apiKey);
    for (const file of await files(project.root)) {
      expect((await readFile(file)).includes(state.apiKey), file).toBe(false);
    }
    for (const file of await files(join(state.data, "gateway"))) {
      expect((await readFile(file)).includes(state.apiKey), file).toBe(false);
    }
    expect(existsSync(join(project.root, ".ikigai/build/before"))).toBe(false);
  });

  it("leaves `dev` free to work beside it, and is named to a second `serve`", async () => {
    const {command, url} = await serve();
    const dev = start(["dev", "--port", "0", "--data", state.data], {cwd: project.root});
    onTestFinished(() => dev.kill());
    const [, preview] = await dev.says(/The preview: +(http:\S+?)\/\n/);
    await dev.says(
      /The list of a flow's runs has those that were started in this preview\. ikigai-kit serve has a list of its own\.\n/
    );
    const runs = (from: string) => ask(from, "/api/flows/copy/runs").then(({status}) => status);
    expect([await runs(url), await runs(preview!)]).toEqual([200, 200]);

    const second = await run(["serve", "--port", "0", ...local()], {cwd: project.root});
    expect(second).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(
        new RegExp(
          `^ikigai-kit: The state folder .*gateway is in use by ikigai-kit serve \\(process ${command.group}, ${url}\\)\\. ` +
            `Open its address, or end it with Ctrl-C in its terminal, or with kill ${command.group}\\.\n$`
        )
      ) as string
    });
    expect(await dev.interrupt()).toBe(0);
    expect(await command.interrupt()).toBe(0);
  });

  it("for others is refused without a rule", async () => {
    const {code, stdout, stderr} = await run(["serve", "--port", "0", "--host", "0.0.0.0", ...local()], {
      cwd: project.root
    });
    expect(stderr).toMatch(/--host 0\.0\.0\.0 .* access rule is required[^]*IKIGAI_GATEWAY_TOKEN/);
    expect([code, stdout]).toEqual([1, ""]);
  });

  it("for others asks for the token that the environment has, and doesn't say it", async () => {
    const token = "a-token-of-enough-characters";
    const {command, url} = await serve(["--host", "0.0.0.0"], {IKIGAI_GATEWAY_TOKEN: token});
    const page = await ask(url, "/", {headers: {accept: "text/html"}});
    expect([page.status, page.body]).toEqual([401, expect.stringContaining("<title>Sign in</title>")]);
    const signed = await ask(url, "/api/session", {
      method: "POST",
      headers: fromPage(url),
      body: JSON.stringify({token})
    });
    const cookie = signed.headers["set-cookie"]![0]!.split(";")[0]!;
    expect((await ask(url, "/", {headers: {cookie}})).body).toContain('<h1 id="sales"');
    expect(command.stdout + command.stderr).not.toContain(token);
  });
});

describe("a build that is killed", () => {
  it("leaves the finished site as it was", async () => {
    const listed = async () => {
      const dist = (await files(join(project.root, "dist"))).sort();
      return Promise.all(dist.map(async (file) => [file, (await readFile(file)).toString("base64")]));
    };
    const before = await listed();
    const command = start(["build", ...local()], {cwd: project.root});
    onTestFinished(() => command.kill());
    const work = join(project.root, ".ikigai/build");
    await vi.waitFor(async () => expect(await files(work)).not.toEqual([]), {timeout: 60_000, interval: 50});
    command.kill();
    await command.gone();
    expect(await listed()).toEqual(before);
  });
});
