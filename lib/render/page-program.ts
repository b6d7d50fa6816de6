// Runs in a process of its own: a built page as a browser would run it, and one of its charts as a picture.
import {once} from "node:events";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {setTimeout as delay} from "node:timers/promises";
import mime from "mime";
import {Activity} from "./activity.js";
import {giveContext} from "./canvas.js";
import {Cells, type Cell} from "./cells.js";
import {Styles} from "./cascade.js";
import {chartNames, chartsOf, findChart} from "./chart.js";
import {enterPage} from "./dom.js";
import type {RenderAnswer, RenderRequest} from "./message.js";
import {SiteModules} from "./modules.js";
import {drawPicture, margin, pngOf, withFonts, type Picture} from "./picture.js";
import {measureElements} from "./measure.js";
import {closeNetwork} from "./no-network.js";
import {rulesOf} from "./stylesheet.js";
import {origin, pathOf, readPage, readSiteFile, type SitePage} from "./site-file.js";

// The page finds no Node; this program still has it.
const {process} = globalThis;

const tell = (answer: RenderAnswer) => new Promise<void>((resolve) => process.send!(answer, () => resolve()));

async function render(request: RenderRequest): Promise<Uint8Array> {
  const {site, page: name, format, scale} = request;
  const page = await readPage(site, name);
  const picture = await draw(request, page);
  return format === "png" ? pngOf(picture, scale) : Buffer.from(await withFonts(picture));
}

async function draw(request: RenderRequest, page: SitePage): Promise<Picture> {
  const {site, chart: wanted, theme, width, timeout, deadline} = request;
  const where = `page ${page.path}`;
  const activity = new Activity();
  const cells = new Cells(activity, (cell) => void tell({kind: "start", cell}));
  const failLater = (id: string | undefined, error: unknown) => cells.fail(id, error);
  const guarded =
    <T extends unknown[]>(work: (...args: T) => unknown, id = cells.current()) =>
    (...args: T) =>
      void activity.during((async () => work(...args))().catch((error: unknown) => failLater(id, error)));
  const url = origin + page.path.split("/").map(encodeURIComponent).join("/");
  const {window} = enterPage({
    html: page.html,
    url,
    site,
    theme,
    width: width - 2 * margin,
    activity,
    guarded
  });
  const {document} = window;
  // Framework's client logs each cell that fails, and each that needs one that failed or isn't there.
  const logged: unknown[] = [];
  const ignore = () => {};
  const error = (error: unknown) => void logged.push(error);
  Object.assign(globalThis.console, {error, warn: ignore, log: ignore, info: ignore, debug: ignore});
  // As in a browser, what nobody handles ends nothing.
  process.on("unhandledRejection", (error) => failLater(cells.current(), error));
  process.on("uncaughtException", (error) => failLater(cells.current(), error));
  const modules = new SiteModules(site, activity, ({namespace}) => {
    const {define, ...others} = namespace as {define: (cell: Cell) => void};
    return {...others, define: (cell: Cell) => define(cells.watched(cell))};
  });
  const sheets = await stylesheets(document, url, site);
  const media = {theme, width: 1280};
  const rules = sheets.flatMap((sheet) => rulesOf(sheet, media));
  measureElements(window, () => new Styles(rules));
  giveContext(window.HTMLCanvasElement.prototype);
  // What libraries look at to know Node by; jsdom itself needs the rest.
  globalThis.process = {env: {}, nextTick: process.nextTick.bind(process)} as NodeJS.Process;
  try {
    for (const script of document.querySelectorAll('script[type="module"]:not([src])'))
      await modules.run(script.textContent, url).catch((error: unknown) => {
        throw new Error(`${where} can't run: ${messageOf(error)}`);
      });
    const rested = await activity.rest(async () => {
      await delay(1);
      return Date.now() < deadline;
    });
    if (!rested) throw new Error(`${where}: ${endless(cells, timeout)}`);
  } finally {
    globalThis.process = process;
  }
  const own = Array.from(document.querySelectorAll("style"), ({textContent}) => textContent);
  const styles = new Styles([
    ...rules,
    ...Array.from(new Set(own)).flatMap((sheet) => rulesOf(sheet, media))
  ]);
  const main = document.querySelector("main") ?? document.body;
  const charts = chartsOf(main, styles);
  const chart = findChart(charts, main, wanted);
  const failed = cells.failed();
  // Without a name the first chart is meant, which may be one of a cell that has failed.
  if (failed[0] && (wanted === undefined || !chart))
    throw new Error(`${where}: ${failed[0].name} failed: ${messageOf(failed[0].error)}`);
  const waiting = cells.unfinished();
  const broken = logged.find((error): error is Error => error instanceof Error);
  if (wanted === undefined && broken && waiting[0])
    throw new Error(`${where}: ${waiting[0]} can't run: ${messageOf(broken)}`);
  if (!chart) {
    const why = waiting[0]
      ? `; ${waiting[0]} ${broken ? `can't run: ${messageOf(broken)}` : "waits for an input that never came"}`
      : "";
    if (charts.length === 0) throw new Error(`${where} draws no chart${why || ". Name a page with one"}`);
    throw new Error(
      `${where} has no chart ${JSON.stringify(wanted)}; it has ${chartNames(charts, wanted)}${why}`
    );
  }
  const image = (href: string) => imageOf(new URL(href, url).href, site);
  return drawPicture(chart, {width, styles, image});
}

function endless(cells: Cells, timeout: number): string {
  const [name = "its code"] = cells.unfinished();
  return `${name} hasn't ended, and no more than ${timeout / 1000} s are given`;
}

/** What the page's links to stylesheets lead to, in their order. */
async function stylesheets(document: Document, url: string, site: string): Promise<string[]> {
  const links = Array.from(document.querySelectorAll('link[rel="stylesheet"]'));
  const sheets = await Promise.all(
    links.map(async (link) => {
      const path = pathOf(new URL(link.getAttribute("href") ?? "", url));
      return path === undefined ? undefined : readSiteFile(site, path);
    })
  );
  return sheets.map((sheet) => sheet?.toString("utf8") ?? "");
}

/** An image of the site as a data: URL; undefined for one from elsewhere. */
function imageOf(url: string, site: string): string | undefined {
  if (url.startsWith("data:image/")) return url;
  const path = pathOf(url);
  if (path === undefined) return undefined;
  try {
    const bytes = readFileSync(join(site, path));
    return `data:${mime.getType(path) ?? "application/octet-stream"};base64,${bytes.toString("base64")}`;
  } catch {
    return undefined;
  }
}

function messageOf(error: unknown): string {
  const cause = (error as {cause?: unknown} | undefined)?.cause;
  const message =
    error instanceof Error ? error.message : String((error as {message?: unknown})?.message ?? error);
  return cause instanceof Error && !message.includes(cause.message)
    ? `${message}: ${cause.message}`
    : message;
}

closeNetwork();
const [request] = (await once(process, "message")) as [RenderRequest];
try {
  await tell({kind: "picture", bytes: await render(request)});
} catch (error) {
  await tell({kind: "error", message: messageOf(error)});
}
process.exit(); // whatever the page has left running
