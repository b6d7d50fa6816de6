// A Firefox for the smoke tests, driven by WebDriver BiDi, shut off from every other host like the Chromium of chromium.ts.
import {existsSync} from "node:fs";
import {launch, type Browser, type Page} from "puppeteer-core";

/** How long a test waits for something in a page: long enough for a slow machine, which Firefox asks more of than Chromium. */
const patience = 90_000;

const paths = ["/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** The path of an installed Firefox, or undefined. */
export const findFirefox = (): string | undefined => paths.find((path) => existsSync(path));

/** A Firefox that reaches this machine and nothing else: every other host is behind a proxy that isn't there. */
export async function launchFirefox(): Promise<Browser> {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error(`No Firefox at ${paths.join(" or ")}: apt-get install firefox-esr`);
  return launch({
    browser: "firefox",
    executablePath,
    headless: true,
    extraPrefsFirefox: {
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": 9,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": 9,
      "network.proxy.no_proxies_on": "127.0.0.1, localhost",
      "network.proxy.allow_hijacking_localhost": false
    }
  });
}

/** A page and what went wrong in it so far, as `visit` of chromium.ts gives it. */
export interface FirefoxPage {
  page: Page;
  errors: string[];
  foreignRequests: string[];
}

/** Opens `url` in a context of its own; closing `page.browserContext()` ends it. */
export async function visitFirefox(browser: Browser, url: string): Promise<FirefoxPage> {
  const {origin} = new URL(url);
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.setViewport({width: 1280, height: 900});
  const errors: string[] = [];
  const foreignRequests: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => errors.push(`uncaught: ${String(error)}`));
  page.on("request", (request) => {
    const target = new URL(request.url());
    if (/^(https?|wss?):$/.test(target.protocol) && target.origin !== origin)
      foreignRequests.push(request.url());
  });
  page.on("response", (response) => {
    if (response.status() >= 400) errors.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(url, {waitUntil: "load"});
  return {page, errors, foreignRequests};
}
