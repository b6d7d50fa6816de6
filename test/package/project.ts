// A folder of somebody who has only the published package, and a package manager.
import {spawn} from "node:child_process";
import {copyFile, cp, writeFile} from "node:fs/promises";
import {delimiter, dirname, join} from "node:path";
import {expect, inject} from "vitest";
import type {SeedApp} from "../../lib/platform/index.js";
import {run as runKit} from "../cli/command.js";
import {repository, temporaryFolder} from "../cli/project.js";
import {npm, type Manager} from "./managers.js";

const weeks = Array.from({length: 12}, (_, week) => new Date(Date.UTC(2024, 0, 1 + 7 * week)));

/** What the project is started for: forecasts of two series by two versions, of which eight weeks can be compared, and a plain table. */
export const shop: SeedApp = {
  name: "Shop",
  description: "",
  models: [],
  datasets: [
    {
      name: "Sales forecast",
      csv: [
        "ds,sku,model,y,yhat,yhat_lower,yhat_upper",
        ...["tea", "coffee"].flatMap((sku, i) =>
          ["naive", "trend"].flatMap((model, j) =>
            weeks.map((ds, week) => {
              const [y, yhat] = [20 * (i + 1) + week, 20 * (i + 1) + week - 1 + j * 0.5];
              return [ds.toISOString().slice(0, 10), sku, model, week < 8 ? y : "", yhat, yhat - 3, yhat + 3];
            })
          )
        )
      ].join("\n")
    },
    {name: "Shops", csv: "shop,town,area\n1,Lyon,120\n2,Graz,80\n"}
  ]
};

/** A folder with the package in it, and nothing installed; the script `begin` starts a project there. */
export async function emptyProject(): Promise<Project> {
  const root = await folderWithKit();
  const manifest = {
    name: "shop",
    private: true,
    type: "module",
    scripts: {begin: "ikigai-kit init . --local --app Shop --yes"},
    dependencies: {"ikigai-kit": "file:./ikigai-kit.tgz"}
  };
  await writeFile(join(root, "package.json"), JSON.stringify(manifest, null, 2));
  return {root, manager: npm()};
}

/**
 * A project for a package manager in an empty folder, with nothing installed. The command that starts it is this repository's:
 * `pnpm dlx` and `yarn dlx` bring it from elsewhere, too.
 */
export async function startedProject(manager: Manager, state: string): Promise<Project> {
  const root = await folderWithKit();
  await cp(state, join(root, ".ikigai", "platform"), {recursive: true});
  const options = ["--kit", "file:./ikigai-kit.tgz", "--package-manager", manager.name];
  const {code, stdout, stderr} = await runKit(
    ["init", ".", "--local", "--app", "Shop", "--yes", ...options],
    {cwd: root, from: repository}
  );
  expect({code, stderr}).toEqual({code: 0, stderr});
  const [word] = manager.name.split("-");
  expect(stdout).toContain(`    ${word!} install\n    ${word!} run dev\n`);
  return {root, manager};
}

async function folderWithKit(): Promise<string> {
  const root = await temporaryFolder();
  await copyFile(inject("tarball"), join(root, "ikigai-kit.tgz"));
  return root;
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
