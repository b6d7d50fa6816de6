// `ikigai-kit dev`: Framework's preview, on an account or on the local platform.
import {createServer} from "node:net";
import {afterAll, beforeAll, describe, expect, it, onTestFinished, vi} from "vitest";
import {startPlatform} from "../../lib/platform/index.js";
import {start} from "./command.js";
import {Ikigai} from "../../lib/client/index.js";
import {pageHeader} from "../../lib/gateway-api/index.js";
import {config, preparedState, remove, shop, smallProject, temporaryFolder, type Project} from "./project.js";

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
    expect(command.stderr).toMatch(
      /^… no account is set .*: this is the local platform's data\n… platform\n✓ platform {2}http:.*\n… data\n✓ data/
    );

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

describe("a preview of an account's data", () => {
  it("is brought up to date when it is asked, and when the config is saved, and shows what fails", async () => {
    const own = await smallProject();
    const data = await temporaryFolder();
    const platform = await startPlatform({data, seed: [shop]});
    onTestFinished(async () => {
      await platform.close();
      await remove(data);
      await own.remove();
    });
    const command = start(["dev", "--port", "0"], {
      cwd: own.root,
      env: {
        IKIGAI_BASE_URL: platform.baseUrl,
        IKIGAI_USER_EMAIL: platform.userEmail,
        IKIGAI_API_KEY: platform.apiKey
      }
    });
    onTestFinished(() => command.kill());
    const [url] = await command.says(/http:\/\/127\.0\.0\.1:\d+\/(?=\s)/);
    const page = async () => (await fetch(url)).text();
    const sales = async () => {
      const [, file] = /"(\.\/_file\/data\/sales\.csv[^"]*)"/.exec(await page())!;
      return (await fetch(new URL(file!, url))).text();
    };
    const ask = (headers: Record<string, string>) =>
      fetch(new URL("api/refresh", url), {method: "POST", headers});

    const csv = "day,units\n2024-01-03,7\n";
    await (await (await new Ikigai(platform).apps.get("Shop")).datasets.get("Sales")).editData({csv});
    expect((await ask({})).status).toBe(403);
    expect((await ask({origin: new URL(url).origin, [pageHeader]: "1"})).status).toBe(204);
    await command.says(/new: data\/sales\.csv/);
    expect(await sales()).toBe(csv);
    expect(await page()).not.toContain("ikigai-problems");

    await own.write("ikigai.config.ts", config({dataset: "Sold <b>"}));
    await command.says(/there is no dataset .*Sold <b>/);
    expect(await page()).toMatch(
      /<aside role="alert"[^>]*>datasets\.sales: there is no dataset [^<]*Sold &#60;b&#62;/
    );

    await own.write("ikigai.config.ts", "export default {");
    await command.says(/ikigai\.config\.ts can't be loaded/);

    await own.write("ikigai.config.ts", config({dataset: "Sales", sql: "SELECT units FROM dataset"}));
    await command.says(/new: data\/sales\.csv\n[^]*new: data\/sales\.csv/);
    expect(await sales()).toBe("units\n7\n");
    expect(await page()).not.toContain("ikigai-problems");
    expect(await command.interrupt()).toBe(0);
    await command.gone();
  });

  it("looks at the config before the local platform is seeded", async () => {
    const own = await smallProject();
    onTestFinished(() => own.remove());
    await own.write("ikigai.config.ts", config({datset: "Sales"}));
    const command = start(["dev"], {cwd: own.root});
    onTestFinished(() => command.kill());
    expect(await command.ended).toBe(1);
    expect(command.stderr).toMatch(/unknown key "datset"; did you mean "dataset"\?/);
    expect(command.stderr).not.toMatch(/platform/);
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
