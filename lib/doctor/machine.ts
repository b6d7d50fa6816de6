// The machine: Node, the disk, the port, a browser for tests.
import {accessSync, constants} from "node:fs";
import {statfs} from "node:fs/promises";
import {delimiter, join} from "node:path";
import prettyBytes from "pretty-bytes";
import {hasConfig} from "../config/load.js";
import {freePort} from "../gateway/listen.js";
import {readManifest} from "../start/index.js";
import {broken, warning, type Check} from "./check.js";
import {readPackage} from "./package-json.js";

export const node: Check = {
  name: "Node",
  async run({node}) {
    const needed = readManifest().engines.node.replace(/^\D+/, "");
    if (!isBefore(node, needed)) return [];
    return [
      broken(
        `Node ${node}`,
        `ikigai-kit needs Node ${needed} or later`,
        "install a newer one from https://nodejs.org"
      )
    ];
  }
};

function isBefore(version: string, needed: string): boolean {
  const [a, b] = [version, needed].map((text) => text.split(".").map(Number));
  const at = b!.findIndex((part, i) => part !== a![i]);
  return at >= 0 && (a![at] ?? 0) < b![at]!;
}

/** A build of a small site takes 100 MB; editions and data come on top. */
const [leastFree, comfortable] = [200e6, 1e9];

export const disk: Check = {
  name: "disk",
  async run({root, freeBytes}) {
    const free = freeBytes ?? (await freeOf(root));
    if (free >= comfortable) return [];
    const found = (free < leastFree ? broken : warning)(
      root,
      `only ${prettyBytes(free)} are free on this disk, and a site is built beside the one before`,
      `delete what isn't needed${(await hasConfig(root)) ? ", or keep fewer editions: publish: {keep: 2} in ikigai.config.ts" : ""}`
    );
    return [found];
  }
};

async function freeOf(folder: string): Promise<number> {
  const {bavail, bsize} = await statfs(folder);
  return bavail * bsize;
}

export const port: Check = {
  name: "port",
  async run({port}) {
    const free = await freePort(port);
    if (free === port) return [];
    return [
      warning(`port ${port}`, "another program listens there", `end it, or name another: --port ${free}`)
    ];
  }
};

const drivers = ["playwright-core", "playwright", "puppeteer-core", "puppeteer"];
const browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

export const browser: Check = {
  name: "browser",
  async run({root, env}) {
    const {dependencies, devDependencies} = (await readPackage(root)) ?? {};
    const driver = drivers.find((name) => dependencies?.[name] ?? devDependencies?.[name]);
    if (driver === undefined || !driver.endsWith("-core")) return []; // the others bring a browser
    if (browsers.some((name) => isOnPath(name, env.PATH))) return [];
    return [
      warning(
        "PATH",
        `${driver} is installed, and there is no Chromium for it (${browsers.join(", ")})`,
        "apt-get install chromium"
      )
    ];
  }
};

const isOnPath = (name: string, path = "") =>
  path.split(delimiter).some((folder) => folder !== "" && isAllowed(join(folder, name), constants.X_OK));

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
