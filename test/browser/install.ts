// Before the browser tests: installs Debian's Chromium and Firefox where they are missing and we may, so `npm ci && npm test` is
// enough. And a folder for what they share.
import {execFileSync} from "node:child_process";
import {existsSync} from "node:fs";
import type {TestProject} from "vitest/node";
import {remove, temporaryFolder} from "../cli/project.js";
import {findChromium} from "./chromium.js";
import {findFirefox} from "./firefox.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** A folder of this run for the demo, which several files look at. */
    keptDemo: string;
  }
}

/** Vitest's global setup. */
export async function setup({provide}: TestProject): Promise<() => Promise<void>> {
  installBrowsers();
  const folder = await temporaryFolder();
  provide("keptDemo", folder);
  return () => remove(folder);
}

/** Elsewhere than on Debian as root it leaves the matter to the errors of `launchChromium` and `launchFirefox`. */
export function installBrowsers(): void {
  const missing = [
    ...(findChromium() ? [] : ["chromium", "fonts-liberation"]),
    ...(findFirefox() ? [] : ["firefox-esr"])
  ];
  if (!missing.length || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const options = {stdio: "inherit", env: {...process.env, DEBIAN_FRONTEND: "noninteractive"}} as const;
  execFileSync("apt-get", ["update", "-q"], options);
  execFileSync("apt-get", ["install", "-yq", "--no-install-recommends", ...missing], options);
}
