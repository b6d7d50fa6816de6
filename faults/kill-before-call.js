// Loaded into `ikigai-kit publish` by `node --import`: writes down its calls that change the disk, or kills it right before one of them.
//   FAULTS_CALLS    the file that gets how many calls each stage has, when it ends
//   FAULTS_KILL_AT  the call that it doesn't live to make, as its stage and its number within it: `swap 1`
import fs from "node:fs";
import {syncBuiltinESMExports} from "node:module";
import process from "node:process";

const {FAULTS_CALLS: file, FAULTS_KILL_AT: last} = process.env;
const names = [
  "writeFile",
  "mkdir",
  "mkdtemp",
  "rename",
  "rm",
  "symlink",
  "link",
  "copyFile",
  "cp",
  "unlink"
];

/** A stage begins with the first call on such a path, and lasts until the next one begins. */
const beginnings = [
  ["data", /./],
  ["build", /\.ikigai\/build\//],
  ["edition", /\.ikigai\/editions\/new-/],
  ["swap", /\.ikigai\/editions\/\d+T\d+Z$/]
];
const counts = Object.fromEntries(beginnings.map(([stage]) => [stage, 0]));
let current = -1;

function count(path) {
  if (beginnings[current + 1]?.[1].test(path)) ++current;
  const [stage] = beginnings[current];
  if (`${stage} ${++counts[stage]}` === last) process.kill(process.pid, "SIGKILL");
}

for (const [api, suffix] of [
  [fs.promises, ""],
  [fs, "Sync"]
]) {
  for (const name of names) {
    const call = api[name + suffix];
    // Of two paths, the second is the one that is made.
    const at = ["rename", "symlink", "link", "copyFile", "cp"].includes(name) ? 1 : 0;
    api[name + suffix] = (...args) => {
      count(String(args[at]));
      return call(...args);
    };
  }
}
const write = fs.writeFileSync;
syncBuiltinESMExports();
if (file) process.once("exit", () => write(file, JSON.stringify(counts)));
