// `npm run docs:dev` and `npm run docs:build`: the documentation's site, with every package from node_modules.
import {resolve} from "node:path";
import {runFramework} from "ikigai-kit/hermetic";
import {buildDocs} from "./build.js";

const [command = "", output = "dist-docs"] = process.argv.slice(2);
const root = resolve(import.meta.dirname, "../..");
if (command === "dev") await runFramework("preview", {root, args: ["--root", "docs", "--no-open"]});
else if (command === "build") await buildDocs(root, resolve(root, output));
else throw new Error(`"${command}" is invalid: use dev or build`);
