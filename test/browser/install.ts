// Before the browser tests: installs Debian's Chromium where there is none and we may, so `npm ci && npm test` is enough.
import {execFileSync} from "node:child_process";
import {existsSync} from "node:fs";
import {findChromium} from "./chromium.js";

/** Vitest's global setup. Elsewhere than on Debian as root it leaves the matter to the error of `launchChromium`. */
export function setup(): void {
  if (findChromium() || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const options = {stdio: "inherit", env: {...process.env, DEBIAN_FRONTEND: "noninteractive"}} as const;
  execFileSync("apt-get", ["update", "-q"], options);
  execFileSync(
    "apt-get",
    ["install", "-yq", "--no-install-recommends", "chromium", "fonts-liberation"],
    options
  );
}
