// The demo, a browser that looks at it, and native DuckDB with the platform's data, for the tests of its pages.
import type {Browser} from "playwright-core";
import {launchChromium} from "./chromium.js";
import {datasets} from "./demo-numbers.js";
import {nativeTables, type Native} from "./site-native.js";
import {startCopy, startDemo, type Demo} from "./site.js";

export interface DemoInBrowser {
  demo: Demo;
  browser: Browser;
  native: Native;
  /** Ends all three; call it when the tests of the file are over. */
  close: () => Promise<void>;
}

/** @param kept the folder of `startCopy`, for tests that only look */
export async function demoInBrowser(kept?: string): Promise<DemoInBrowser> {
  const demo = await (kept === undefined ? startDemo() : startCopy(kept));
  let browser: Browser | undefined;
  try {
    browser = await launchChromium();
    const native = await nativeTables(demo.platform, datasets);
    const close = async () => {
      await native.close();
      await browser!.close();
      await demo.close();
    };
    return {demo, browser, native, close};
  } catch (error) {
    await browser?.close();
    await demo.close();
    throw error;
  }
}
