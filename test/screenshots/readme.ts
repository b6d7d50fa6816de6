// The README's picture: the top of the demo's forecast page, also put into docs.
import {copyFile, mkdir} from "node:fs/promises";
import {join, resolve} from "node:path";
import type {Browser} from "playwright-core";
import {startDemo} from "../browser/site.js";
import {settled} from "../browser/site-page.js";
import type {Picture} from "./picture.js";

const kept = resolve(import.meta.dirname, "../../docs/forecast.png");

/** Takes the picture into `to`, and puts a copy into docs. */
export async function readme(browser: Browser, to: string): Promise<Picture[]> {
  await mkdir(to, {recursive: true});
  const demo = await startDemo();
  try {
    const context = await browser.newContext({colorScheme: "light", viewport: {width: 1200, height: 886}});
    const page = await context.newPage();
    await page.goto(`${demo.url}/forecast`);
    await page.waitForLoadState("networkidle");
    await settled(page);
    const file = "forecast.png";
    await page.screenshot({path: join(to, file)});
    await copyFile(join(to, file), kept);
    return [{of: "/forecast", variant: "light 1200", file}];
  } finally {
    await demo.close();
  }
}
