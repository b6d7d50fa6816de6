// A chart of a built site as a picture, without a browser: for mails and chats.
import {fork} from "node:child_process";
import {existsSync} from "node:fs";
import {extname, resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {readPage} from "./site-file.js";
import type {RenderAnswer, RenderRequest} from "./message.js";

/** Which picture, and how. */
export interface PictureOptions {
  /** The folder of a built site: `dist`, or an edition's. */
  site: string;
  /** The page, as its path on the site: `index`, `/accuracy`. */
  page: string;
  /** The chart's id, label or heading; the first of the page if left out. */
  chart?: string | undefined;
  /** "png" if left out. */
  format?: PictureFormat | undefined;
  /** "light" if left out. */
  theme?: PictureTheme | undefined;
  /** In pixels; 800 if left out. */
  width?: number | undefined;
  /** Pixels of a PNG for each of `width`, for sharp screens; 2 if left out. */
  scale?: number | undefined;
  /** The longest that it may take, in milliseconds; 30,000 if left out. */
  timeout?: number | undefined;
  signal?: AbortSignal | undefined;
}

export type PictureFormat = "svg" | "png";
export type PictureTheme = "light" | "dark";

/** Run from source, as in tests, what `npm run compile` has made stands in: a thread of Node runs no TypeScript. */
const program = fileURLToPath(
  extname(import.meta.url) === ".ts"
    ? new URL("../../build/lib/render/page-program.js", import.meta.url)
    : new URL("./page-program.js", import.meta.url)
);

/**
 * Draws a chart as the page shows it, with the headings of its card. The same site and options give the same bytes, on every machine
 * and in every time zone. The page's code runs in a process of its own that reads the site's files and sends no requests.
 *
 * Throws an Error that names the page, and the cell that failed or never ended.
 */
export async function renderPicture(options: PictureOptions): Promise<Uint8Array> {
  const {signal} = options;
  const request = checked(options);
  const {timeout} = request;
  const deadline = Date.now() + request.timeout * 0.9;
  await readPage(request.site, request.page); // before a process is started for a page that isn't there
  signal?.throwIfAborted();
  if (!existsSync(program)) throw new Error(`${program} is missing; run npm run compile`);
  const child = fork(program, [], {
    execArgv: [
      "--experimental-vm-modules",
      "--disable-warning=ExperimentalWarning",
      "--max-old-space-size=2048"
    ],
    // Nothing of this process's environment: no key, and no time zone or language that a chart would follow.
    env: {
      TZ: "UTC",
      LC_ALL: "en_US.UTF-8",
      ...(process.env.SystemRoot && {SystemRoot: process.env.SystemRoot})
    },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced"
  });
  let printed = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => (printed = (printed + text).slice(-2000)));
  let cell: string | undefined;
  const page = `page ${JSON.stringify(request.page)}`;
  let timer: NodeJS.Timeout | undefined;
  const stop = () => child.kill("SIGKILL");
  try {
    return await new Promise<Uint8Array>((done, fail) => {
      timer = setTimeout(() => {
        const last = cell === undefined ? "" : `; the last that began is ${cell}`;
        fail(new Error(`${page} wasn't drawn within ${timeout / 1000} s${last}`));
      }, timeout);
      signal?.addEventListener("abort", () => fail(signal.reason as Error), {once: true});
      child.on("message", (answer: RenderAnswer) => {
        if (answer.kind === "start") cell = answer.cell;
        else if (answer.kind === "picture") done(answer.bytes);
        else fail(new Error(answer.message));
      });
      child.once("error", fail);
      child.once("close", (code, by) =>
        fail(new Error(`${page}: the process that draws ended with ${code ?? by}\n${printed.trim()}`))
      );
      child.send({...request, deadline} satisfies RenderRequest);
    });
  } finally {
    clearTimeout(timer);
    stop();
  }
}

function checked({
  site,
  page,
  chart,
  format = "png",
  theme = "light",
  width = 800,
  scale = 2,
  timeout = 30_000
}: PictureOptions): Omit<RenderRequest, "deadline"> {
  const wrong = (name: string, value: unknown, fix: string) =>
    new Error(`${name} is ${JSON.stringify(value)}; ${fix}`);
  if (format !== "svg" && format !== "png") throw wrong("format", format, 'it should be "svg" or "png"');
  if (theme !== "light" && theme !== "dark") throw wrong("theme", theme, 'it should be "light" or "dark"');
  if (!Number.isInteger(width) || width < 240 || width > 4000)
    throw wrong("width", width, "it should be a whole number of pixels from 240 to 4000");
  if (!(scale >= 0.5 && scale <= 4)) throw wrong("scale", scale, "it should be a number from 0.5 to 4");
  return {site: resolve(site), page, chart, format, theme, width, scale, timeout};
}
