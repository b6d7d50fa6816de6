// A project of somebody who has only the published package: a page, its data, and a package manager.
import {spawn} from "node:child_process";
import {copyFile, mkdir, writeFile} from "node:fs/promises";
import {delimiter, dirname, join} from "node:path";
import {inject} from "vitest";
import type {SeedApp} from "../../lib/platform/index.js";
import {temporaryFolder} from "../cli/project.js";
import {peers, type Manager} from "./managers.js";

/** What the page shows. */
export const shop: SeedApp = {
  name: "Shop",
  description: "",
  models: [],
  datasets: [
    {
      name: "Sales forecast",
      csv: [
        "week,actual,forecast,lower,upper",
        ...["01,20", "08,22", "15,21"].map((start) => `2024-01-${start},,,`),
        "2024-01-22,,23,20,26",
        "2024-01-29,,24,20,28"
      ].join("\n")
    }
  ]
};

const files = {
  "observablehq.config.ts":
    'import {hermeticConfig} from "ikigai-kit/hermetic";\n' +
    'export default {...hermeticConfig, root: "src", title: "Shop"};\n',
  "ikigai.config.ts":
    'import {defineConfig} from "ikigai-kit";\n' +
    'export default defineConfig({app: "Shop", datasets: {sales: {dataset: "Sales forecast"}}});\n',
  "src/data/[name].parquet.ts": 'import {load} from "ikigai-kit/data-loaders";\nawait load("parquet");\n',
  "src/index.md": `# Sales

\`\`\`js
import {forecastChart} from "npm:ikigai-kit/charts";
import {database} from "npm:ikigai-kit/database";

const db = database({sales: FileAttachment("data/sales.parquet")});
\`\`\`

\`\`\`js
const rows = await db.query("SELECT * FROM sales ORDER BY week");
display(forecastChart(rows, {time: "week"}));
display(html\`<output>\${Array.from(rows, ({actual, forecast}) => actual ?? forecast).join()}</output>\`);
\`\`\`
`
};

/** A folder with the package in it, and nothing installed. */
export async function emptyProject(manager: Manager): Promise<Project> {
  const root = await temporaryFolder();
  await copyFile(inject("tarball"), join(root, "ikigai-kit.tgz"));
  const manifest = {
    name: "shop",
    private: true,
    type: "module",
    scripts: {build: "ikigai-kit build --local"},
    dependencies: {"ikigai-kit": "file:./ikigai-kit.tgz", ...(!manager.installsPeers && peers)}
  };
  const all = {"package.json": JSON.stringify(manifest, null, 2), ...files, ...manager.files};
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(root, path)), {recursive: true});
    await writeFile(join(root, path), text);
  }
  return {root, manager};
}

export interface Project {
  root: string;
  manager: Manager;
}

/** Runs the package manager in the project. Rejects with all that was printed if it fails. */
export async function run(
  {root, manager}: Project,
  args: string[],
  {node}: {node?: string} = {}
): Promise<string> {
  const [command, ...first] = manager.command;
  const path = [node && dirname(node), process.env.PATH].filter(Boolean).join(delimiter);
  // What this test's own npm has set of its project would reach the one here; where packages come from should.
  const ofNpm =
    /^(npm_(lifecycle|package|command|execpath|node_execpath|config_(local_prefix|prefix|global))|NODE_(ENV|OPTIONS)$)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofNpm.test(name)));
  const child = spawn(command!, [...first, ...args], {
    cwd: root,
    env: {...env, PATH: path},
    stdio: ["ignore", "pipe", "pipe"]
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== 0)
    throw new Error(`${[command, ...first, ...args].join(" ")} ended with ${String(code)}:\n${printed}`);
  return printed;
}
