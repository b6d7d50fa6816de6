// The packed kit, installed with each package manager.
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, it} from "vitest";
import {launchChromium} from "../browser/chromium.js";
import {journey} from "./journey.js";
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
])("installs, builds and runs with %s", (_, manager) => journey(browser, manager()));
