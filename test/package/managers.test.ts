// A project that `init` has started for each package manager, which installs it with the packed kit.
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, it} from "vitest";
import {launchChromium} from "../browser/chromium.js";
import {journeyWith} from "./journey.js";
import {pnpm, yarn, yarnClassic} from "./managers.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

it.each([
  ["pnpm", pnpm],
  ["Yarn 1", yarnClassic],
  ["Yarn 4", yarn]
])("installs, builds and runs with %s", (_, manager) => journeyWith(browser, manager()));
