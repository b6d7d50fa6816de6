// `ikigai-kit dev`: Framework's preview, on an account or on the local platform.
import {createServer} from "node:net";
import {afterAll, beforeAll, describe, expect, it, onTestFinished, vi} from "vitest";
import {startPlatform} from "../../lib/platform/index.js";
import {start} from "./command.js";
import {preparedState, remove, shop, smallProject, temporaryFolder, type Project} from "./project.js";

vi.setConfig({testTimeout: 120_000}); // Framework is started

let project: Project;

beforeAll(async () => {
  project = await smallProject();
});

afterAll(() => project?.remove());

/** Starts a preview and waits for its address. */
async function preview(args: string[], env?: Record<string, string>) {
  const command = start(["dev", ...args], {cwd: project.root, env});
  onTestFinished(() => command.kill());
  const [url] = await command.says(/http:\/\/127\.0\.0\.1:\d+\/(?=\s)/);
  return {command, url};
}

describe("a preview", () => {
  it("without an account is of the local platform's data, until Ctrl-C", async () => {
    const {data, apiKey, remove} = await preparedState();
    onTestFinished(remove);
    const {command, url} = await preview(["--data", data]);
    expect(command.stderr).toMatch(/✓ platform {2}http:.*\n… data\n✓ data/);

    const page = await fetch(url);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toMatch(/<h1 id="sales".*Sales/);
    expect(html).toContain('<meta name="ikigai-gateway" content="/api">');
    expect(page.headers.get("content-security-policy")).toMatch(/script-src 'self' [^;]*'unsafe-eval'/);
    const [, file] = /"(\.\/_file\/data\/sales\.csv[^"]*)"/.exec(html)!;
    expect(await (await fetch(new URL(file!, url))).text()).toBe(shop.datasets[0]!.csv);

    const pressed = performance.now();
    expect(await command.interrupt()).toBe(0);
    expect(performance.now() - pressed).toBeLessThan(7_000);
    await command.gone();
    await expect(fetch(url)).rejects.toThrow(/fetch failed/);
    expect(command.stdout + command.stderr).not.toContain(apiKey);
  });

  it("with an account is of its data and starts no platform, and where the port is taken takes the next", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const {port} = server.address() as {port: number};
    const data = await temporaryFolder();
    const platform = await startPlatform({data, seed: [shop]});
    onTestFinished(async () => {
      await platform.close();
      await remove(data);
    });
    const {command, url} = await preview(["--port", String(port)], {
      IKIGAI_BASE_URL: platform.baseUrl,
      IKIGAI_USER_EMAIL: platform.userEmail,
      IKIGAI_API_KEY: platform.apiKey
    });
    expect(command.stderr).not.toMatch(/platform/);
    expect(Number(new URL(url).port)).toBeGreaterThan(port);
    expect((await fetch(url)).status).toBe(200);
    expect(await command.interrupt()).toBe(0);
    await command.gone();
  });
});

describe("an account that is named by half", () => {
  it("is told of, rather than passed over", async () => {
    const command = start(["dev"], {cwd: project.root, env: {IKIGAI_USER_EMAIL: "ann@example.com"}});
    onTestFinished(() => command.kill());
    expect(await command.ended).toBe(1);
    expect(command.stderr).toMatch(/IKIGAI_API_KEY is not set/);
    expect(command.stdout).toBe("");
  });
});
