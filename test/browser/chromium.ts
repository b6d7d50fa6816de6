// A Chromium for the browser tests: finds it, opens it shut off from every other host, and notes what a page did wrong.
import {accessSync, constants} from "node:fs";
import {delimiter, join} from "node:path";
import {chromium, type Browser, type BrowserContextOptions, type Page} from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The path of a Chromium on PATH, or undefined. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser that can reach this machine and nothing else, so a page can't lean on a CDN that happens to be there. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(`No Chromium on PATH (${names.join(", ")}): apt-get install chromium`);
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox", // as root, which CI is
      "--disable-gpu",
      "--disable-background-networking",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    ]
  });
}

/** How long the browser tests wait for something in a page: long enough for a slow machine, and less than a test may take. */
export const patience = 60_000;

/** A page and what went wrong in it so far. */
export interface WatchedPage {
  page: Page;
  /** Console errors, uncaught exceptions, failed requests and answers of 400 and up, as readable lines. */
  errors: string[];
  /** URLs asked of any other origin than the site's, by the page or by its workers. */
  foreignRequests: string[];
}

/**
 * Opens `url` in a context of its own, so no test sees another's cache, and waits for its load event. Charts come later:
 * wait for what the test is about, such as `page.waitForSelector("svg")`, and then look at `errors` and `foreignRequests`.
 * Closing `page.context()` ends it.
 */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {}
): Promise<WatchedPage> {
  const {origin} = new URL(url);
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const errors: string[] = [];
  const foreignRequests: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error") errors.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => errors.push(`uncaught: ${String(error.error().stack)}`));
  context.on("request", (request) => {
    const target = new URL(request.url());
    if (/^(https?|wss?):$/.test(target.protocol) && target.origin !== origin)
      foreignRequests.push(request.url());
  });
  context.on("response", (response) => {
    if (response.status() >= 400) errors.push(`${response.status()}: ${response.url()}`);
  });
  context.on("requestfailed", (request) => {
    // A page that navigates away gives up its open requests; that's no fault.
    const reason = request.failure()?.errorText ?? "failed";
    if (reason !== "net::ERR_ABORTED") errors.push(`${reason}: ${request.url()}`);
  });
  await page.goto(url, {waitUntil: "load"});
  return {page, errors, foreignRequests};
}
