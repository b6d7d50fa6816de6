// Before the browser tests: installs Debian's Chromium and Firefox where they are missing and we may, so `npm ci && npm test` is
// enough.
import {execFileSync} from "node:child_process";
import {existsSync} from "node:fs";
import {findChromium} from "./chromium.js";
import {findFirefox} from "./firefox.js";

/** Vitest's global setup. Elsewhere than on Debian as root it leaves the matter to the errors of `launchChromium` and `launchFirefox`. */
export function setup(): void {
  const missing = [
    ...(findChromium() ? [] : ["chromium", "fonts-liberation"]),
    ...(findFirefox() ? [] : ["firefox-esr"])
  ];
  if (!missing.length || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const options = {stdio: "inherit", env: {...process.env, DEBIAN_FRONTEND: "noninteractive"}} as const;
  execFileSync("apt-get", ["update", "-q"], options);
  execFileSync("apt-get", ["install", "-yq", "--no-install-recommends", ...missing], options);
}
