// Before npm packs or publishes: compiles from nothing, so that no output of a source that is gone is packed.
import {execSync} from "node:child_process";
import {rmSync} from "node:fs";
import {join, resolve} from "node:path";

const root = resolve(import.meta.dirname, "..");

rmSync(join(root, "build"), {recursive: true, force: true});
// npm's output may be read as JSON.
execSync("npm run --silent compile", {cwd: root, stdio: ["ignore", "ignore", "inherit"]});
