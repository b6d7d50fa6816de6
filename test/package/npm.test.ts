// The packed kit, installed with npm: on this version of Node, the oldest and the newest.
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, inject, it} from "vitest";
import {launchChromium} from "../browser/chromium.js";
import {journey} from "./journey.js";
import {checkTypes} from "./types.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

it.each([
  ["the oldest Node", "node-oldest"],
  ["the newest Node", "node-newest"]
])("installs, builds and runs on %s", (_, name) =>
  journey(browser, {
    node: join(inject("tools"), name, "bin", "node"),
    ...(name === "node-oldest" && {then: checkTypes})
  })
);
