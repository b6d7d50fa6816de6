// Pictures of a site that Framework built: what they show, that they are always the same, and what is said where none can be drawn.
import {createServer, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {Resvg} from "@resvg/resvg-js";
import {JSDOM} from "jsdom";
import {afterAll, beforeAll, describe, expect, it, onTestFinished, vi} from "vitest";
import {renderPicture, type PictureOptions} from "../../lib/render/index.js";
import {run} from "../cli/command.js";
import {remove, repository, temporaryFolder} from "../cli/project.js";
import {buildPictureSite} from "./site.js";

vi.setConfig({testTimeout: 120_000}); // each starts a process, some with DuckDB in it

let server: Server;
let asked = 0;
let built: Awaited<ReturnType<typeof buildPictureSite>>;

beforeAll(async () => {
  server = createServer((_, response) => {
    ++asked;
    response.setHeader("access-control-allow-origin", "*").end("reached");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  built = await buildPictureSite(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}, 300_000);

afterAll(async () => {
  server.close();
  await built?.remove();
});

const render = (page: string, options: Partial<PictureOptions> = {}) =>
  renderPicture({site: built.site, page, timeout: 90_000, ...options});

/** The SVG as text without its fonts, after the checks that hold for all. */
async function svgOf(page: string, options: Partial<PictureOptions> = {}): Promise<string> {
  const text = Buffer.from(await render(page, {format: "svg", ...options})).toString("utf8");
  const svg = text.replace(/<style>.*?<\/style>/s, "");
  expect(svg).not.toMatch(/var\(|currentcolor|color-mix|NaN|undefined|Infinity|<script|class=/i);
  expect(svg).not.toMatch(/href="(?!#|data:)/);
  // An XML parser has no patience with what isn't well formed.
  expect(() => new JSDOM(text, {contentType: "image/svg+xml"})).not.toThrow();
  expect(() => new Resvg(text)).not.toThrow();
  return svg;
}

const texts = (svg: string): string[] =>
  Array.from(
    new JSDOM(svg, {contentType: "image/svg+xml"}).window.document.querySelectorAll("text"),
    (text) => text.textContent.trim()
  );

/** The size of a PNG, and how many of its pixels differ from the first. */
function pixelsOf(png: Uint8Array): {width: number; height: number; drawn: number; first: number[]} {
  const view = Buffer.from(png);
  const [width, height] = [view.readUInt32BE(16), view.readUInt32BE(20)];
  const href = `data:image/png;base64,${view.toString("base64")}`;
  const image = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${href}"/></svg>`;
  const {pixels} = new Resvg(image).render();
  let drawn = 0;
  for (let i = 4; i < pixels.length; i += 4)
    if (pixels[i] !== pixels[0] || pixels[i + 1] !== pixels[1] || pixels[i + 2] !== pixels[2]) ++drawn;
  return {width, height, drawn, first: Array.from(pixels.subarray(0, 3))};
}

const failure = async (page: string, options: Partial<PictureOptions> = {}): Promise<string> => {
  try {
    await render(page, options);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("a picture was drawn");
};

describe("a picture", () => {
  it("has the headings of the chart's card, its marks and its axes", async () => {
    const svg = await svgOf("index");
    expect(texts(svg)).toEqual(expect.arrayContaining(["Units sold", "In 12 days", "↑ units", "40"]));
    expect(svg).toMatch(/<g aria-label="line"[^>]*stroke="rgb\(\d+,\d+,\d+\)"[^>]*><path d="M[\d.,LMC-]+"/);
    expect(svg).toContain("<title>Units sold</title>");
  });

  it("has the figure's own title, subtitle, key and caption, in their order", async () => {
    const svg = await svgOf("index", {chart: "By region"});
    const all = texts(svg);
    const order = ["By region", "Colors & <signs>", "North", "Süd", "40", "A caption"].map((text) =>
      all.indexOf(text)
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(svg.match(/<rect [^>]*fill="rgb/g)!.length).toBeGreaterThanOrEqual(12);
  });

  it("has the ramp of a legend and a tip of the size of its text", async () => {
    const svg = await svgOf("index", {chart: "Ramp"});
    expect(texts(svg).join("\n")).toContain("A static tip");
    expect(svg).toMatch(/xlink:href="data:image\/png;base64,/);
    expect(svg).toMatch(/<g aria-label="tip".*<path d="M/s);
  });

  it("is of the kit's charts, too", async () => {
    const svg = await svgOf("kit", {theme: "dark"});
    expect(texts(svg)).toEqual(
      expect.arrayContaining(["Forecast of pieces", "Actual", "Forecast", "90% interval"])
    );
  });

  it("is of pages in folders, and of what inputs chose", async () => {
    expect(texts(await svgOf("/team/report"))).toContain("in a folder");
    expect(texts(await svgOf("inputs"))).toContain("second 4 b");
  });

  it("is of charts whose data DuckDB answers, for `sql` blocks and the kit's database alike", async () => {
    const svg = await svgOf("database");
    expect(texts(svg)).toEqual(expect.arrayContaining(["North", "Süd", "units →"]));
    expect(texts(await svgOf("database", {chart: "By database"}))).toEqual(
      expect.arrayContaining(["North", "days →"])
    );
  });

  it("is a PNG of twice its width, in the theme's colors", async () => {
    const light = pixelsOf(await render("index"));
    expect(light.width).toBe(1600);
    expect(light.drawn).toBeGreaterThan(5000);
    expect(Math.min(...light.first)).toBeGreaterThan(200);
    const dark = pixelsOf(await render("index", {theme: "dark", width: 400, scale: 1}));
    expect(dark.width).toBe(400);
    expect(dark.drawn).toBeGreaterThan(1000);
    expect(Math.max(...dark.first)).toBeLessThan(60);
  });

  it("follows the theme in the page's code, too", async () => {
    expect(texts(await svgOf("theme"))).toContain("dark is false, false");
    expect(texts(await svgOf("theme", {theme: "dark"}))).toContain("dark is true, true");
  });

  it("is as wide as wanted, and so is the chart in it", async () => {
    const svg = await svgOf("index", {width: 500});
    expect(svg).toMatch(/^<svg [^>]*width="500"/);
    expect(svg).toMatch(/<svg x="20" y="[\d.]+" width="460" height="200" viewBox="0 0 460 200"/);
  });

  it("carries the glyphs that it needs in SVG", async () => {
    const text = Buffer.from(await render("index", {format: "svg"})).toString("utf8");
    const faces = Array.from(text.matchAll(/font-weight:(\d+);src:url\(data:font\/woff2;base64,([^)]+)\)/g));
    expect(faces.map(([, weight]) => weight)).toEqual(["400", "500"]);
    for (const [, , font] of faces) {
      expect(Buffer.from(font!, "base64").subarray(0, 4).toString()).toBe("wOF2");
      expect(font!.length).toBeLessThan(40_000);
    }
  });
});

describe("the same picture", () => {
  it.each(["svg", "png"] as const)(
    "has the same bytes in every process, time zone and language: %s",
    async (format) => {
      const [first, second] = await Promise.all([render("times", {format}), render("times", {format})]);
      expect(Buffer.compare(first, second)).toBe(0);
      const folder = await temporaryFolder();
      onTestFinished(() => remove(folder));
      const {code, stderr} = await run(
        ["render", "times", "--site", built.site, "--out", `there.${format}`],
        {cwd: folder, from: repository, env: {TZ: "Asia/Tokyo", LC_ALL: "de_DE.UTF-8"}}
      );
      expect(stderr).toMatch(new RegExp(`^… render\n✓ render {4}there.${format}, `));
      expect(code).toBe(0);
      expect(Buffer.compare(await readFile(join(folder, `there.${format}`)), first)).toBe(0);
    }
  );
});

describe("a page's code", () => {
  it("reaches neither the network nor anything of this machine", async () => {
    const all = texts(await svgOf("network")).join("\n");
    expect(all).toContain("is not of the site, and a page that is rendered sends no requests");
    expect(all).toContain("/module.js is not a file of the site");
    expect(all).toContain("the module node:fs is not a file of the site");
    expect(all).toContain("404");
    expect(all).toContain("0 of Node, 0 variables");
    expect(all).not.toContain("reached");
    expect(asked).toBe(0);
  });
});

describe("an error", () => {
  it("names the page, and the cell that failed", async () => {
    expect(await failure("fails")).toBe("page /fails: the cell that defines broken failed: no such thing");
    expect(await failure("fails-late")).toMatch(
      /^page \/fails-late: the expression \$\{resize\(async \(width\) => .* failed: drawn too late$/
    );
    expect(await failure("undefined")).toBe(
      "page /undefined: the cell that defines size can't run: missingName is not defined"
    );
  });

  it("of another cell doesn't matter for a chart that is named", async () => {
    expect(await svgOf("fails", {chart: "Fine"})).toContain("<svg x=");
  });

  it("says where there is no chart, or none of that name", async () => {
    expect(await failure("none")).toBe("page /none draws no chart. Name a page with one");
    expect(await failure("index", {chart: "by regon"})).toMatch(
      /^page \/index has no chart "by regon"; it has "Bars", "Ramp" and "Units sold"$/
    );
    expect(await failure("../index")).toMatch(/^the site has no page "\.\.\/index"; it has /);
  });

  it("names what never ends, within the time", async () => {
    const started = performance.now();
    expect(await failure("endless", {timeout: 8000})).toBe(
      "page /endless: the cell that defines endless hasn't ended, and no more than 8 s are given"
    );
    expect(await failure("busy", {timeout: 8000})).toBe(
      'page "busy" wasn\'t drawn within 8 s; the last that began is the cell that defines busy'
    );
    expect(performance.now() - started).toBeLessThan(80_000); // eight seconds each, and a busy machine's delay
  });

  it("is of options before anything is started", async () => {
    expect(await failure("index", {width: 10})).toMatch(/^width is 10; it should be /);
    expect(await failure("index", {format: "gif" as never})).toMatch(/^format is "gif"; /);
    expect(await failure("index", {theme: "blue" as never})).toMatch(/^theme is "blue"; /);
    expect(await failure("index", {scale: 0})).toMatch(/^scale is 0; /);
    expect(await failure("index", {signal: AbortSignal.abort(new Error("stopped"))})).toBe("stopped");
  });

  it("can be the caller's, who has changed their mind", async () => {
    const stopping = new AbortController();
    const waiting = failure("endless", {signal: stopping.signal});
    stopping.abort(new Error("stopped"));
    expect(await waiting).toBe("stopped");
  });
});

describe("ikigai-kit render", () => {
  it("leaves the file as it was after an error, and its exit code is 1", async () => {
    const folder = await temporaryFolder();
    onTestFinished(() => remove(folder));
    await writeFile(join(folder, "chart.png"), "before");
    const command = (...args: string[]) =>
      run(["render", ...args, "--site", built.site], {cwd: folder, from: repository});
    const failed = await command("none", "--out", "chart.png");
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain("ikigai-kit: page /none draws no chart");
    expect(await readFile(join(folder, "chart.png"), "utf8")).toBe("before");
    const unclear = await command("index", "--out", "chart.gif");
    expect(unclear.stderr).toContain(
      "--out chart.gif: a picture ends in .svg or .png; or say which it is with --format"
    );
    expect(unclear.code).toBe(1);
    const wide = await command("index", "--out", "chart.png", "--width", "wide");
    expect(wide.stderr).toContain(`--width can't be "wide". Give a whole number of pixels, such as 800.`);
    expect(wide.code).toBe(1);
    expect(await readdir(folder)).toEqual(["chart.png"]);
    const drawn = await command("index", "--out", "new/chart.bin", "--format", "svg", "--theme", "dark");
    expect(drawn.code).toBe(0);
    expect(await readFile(join(folder, "new/chart.bin"), "utf8")).toMatch(/^<svg /);
    expect(await readdir(join(folder, "new"))).toEqual(["chart.bin"]);
  });
});
