// The pages that `ikigai-kit init` starts, on a screen and a phone, light and dark: as a viewer of the new site sees them.
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {run} from "../cli/command.js";
import {remove, repository, temporaryFolder} from "../cli/project.js";
import {install} from "../cli/started.js";
import {launchChromium, visit} from "./chromium.js";
import {hiddenSideways} from "./sideways.js";
import {blankBelow, settled, sitePaths, sticksOut, violations} from "./site-page.js";
import {serveStatic} from "./static-server.js";

let root: string;
let site: Awaited<ReturnType<typeof serveStatic>>;
let browser: Browser;

beforeAll(async () => {
  root = await temporaryFolder();
  const command = async (...args: string[]) => {
    const {code, stderr} = await run(args, {cwd: root, from: repository});
    if (code !== 0) throw new Error(stderr);
  };
  await command("init", ".", "--local", "--app", "Seattle weather", "--yes");
  await install(root);
  await command("add", "model", "Outlook aiCast", "--app", "US employment", "--local");
  await command("build", "--local");
  [site, browser] = await Promise.all([serveStatic(join(root, "dist")), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await remove(root);
});

/** One of each kind, and what it says or draws at its end. */
const pages: [path: string, wanted: RegExp][] = [
  ["/", /Weather forecast.*Data.*Weather history/],
  ["/forecasts/weather-forecast", /Forecast chart.*All versions/],
  ["/forecasts/weather-forecast_accuracy", /Weighted MAPE by version.*By series/],
  [
    "/tables/weather-history",
    /First rows.*2012-01-02 10\.9 10\.6 2\.8 4\.5 rain.*date TIMESTAMP_MS 0 1,461 2012-01-01 2015-12-31.*temp_max DOUBLE 0 67 −1\.6 35\.6/
  ],
  ["/models/temperature-aicast", /versions, measured by the platform.*Intervals should cover 90%/],
  [
    "/models/outlook-aicast",
    /Metrics of each version.*There is nothing to compare yet: the model has no versions/
  ],
  ["/runs/re-forecast-temperature", /npx ikigai-kit run re-forecast-temperature/]
];

it("are listed with a forecast before its accuracy", async () => {
  const paths = await sitePaths(browser, site.url);
  expect(paths).toEqual(expect.arrayContaining(pages.map(([path]) => path)));
  const forecasts = paths.filter((path) => path.startsWith("/forecasts/") && !path.endsWith("_accuracy"));
  expect(forecasts).toHaveLength(2);
  for (const path of forecasts) expect(paths[paths.indexOf(path) + 1]).toBe(`${path}_accuracy`);
});

describe.each(pages)("%s", (path, wanted) => {
  it.each([
    [1280, "light"],
    [1280, "dark"],
    [390, "light"],
    [390, "dark"]
  ] as const)("fits %i pixels and has no fault, %s", async (width, colorScheme) => {
    const {page, errors, foreignRequests} = await visit(browser, new URL(path, site.url).href, {
      viewport: {width, height: 900},
      colorScheme
    });
    const main = page.locator("#observablehq-main");
    await expect.poll(async () => (await main.ariaSnapshot()).replace(/\s+/g, " ")).toMatch(wanted);
    await settled(page);
    // A chart follows the width of its card in a frame or more.
    await expect.poll(() => sticksOut(page)).toEqual([]);
    await expect.poll(() => blankBelow(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    expect(await hiddenSideways(page)).toEqual([]);
    const headers = await page.locator(".card thead th:visible").allInnerTexts();
    expect(headers.filter((text) => !text.trim())).toEqual([]);
    expect({errors, foreignRequests}).toEqual({errors: [], foreignRequests: []});
    await page.context().close();
  });
});
