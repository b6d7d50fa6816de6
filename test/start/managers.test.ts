// Which package manager a project is for, and what it gets for it.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {forManager, managerFiles, managerOf, managers} from "../../lib/start/managers.js";
import {changeOf} from "../../lib/start/write-plan.js";
import {projectFiles} from "../../lib/start/project-files.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ikigai-managers-"));
});
afterEach(() => rmSync(root, {recursive: true}));

describe("the package manager", () => {
  it.each([
    ["npm/10.8.2 node/v20.19.0 linux x64 workspaces/false", "npm"],
    ["pnpm/10.2.0 npm/? node/v22.1.0 linux x64", "pnpm"],
    ["yarn/1.22.22 npm/? node/v20.19.0 linux x64", "yarn-classic"],
    ["yarn/4.5.0 npm/? node/v20.19.0 linux x64", "yarn"],
    ["", "npm"],
    ["bun/1.2.0", "npm"]
  ])("of %j is %s", (agent, manager) => expect(managerOf(root, agent)).toBe(manager));

  it.each([
    [["package-lock.json"], "npm"],
    [["pnpm-lock.yaml"], "pnpm"],
    [["yarn.lock"], "yarn-classic"],
    [["yarn.lock", ".yarnrc.yml"], "yarn"]
  ])("of a folder with %j is %s, whoever runs this", (files, manager) => {
    for (const file of files) writeFileSync(join(root, file), "");
    expect(managerOf(root, "bun/1.2.0")).toBe(manager);
  });
});

const filesOf = (manager: (typeof managers)[number]) =>
  new Map(
    projectFiles({title: "T", folder: "t", kit: "^0.2.0", local: false, source: "src", manager}).map(
      ({path, content}) => [path, content]
    )
  );

it("has the settings without which it can't install", () => {
  expect(managerFiles("npm")).toEqual([]);
  expect(managerFiles("yarn-classic")).toEqual([]);
  expect(filesOf("pnpm").get("pnpm-workspace.yaml")).toBe("allowBuilds:\n  esbuild: false\n");
  expect(filesOf("yarn").get(".yarnrc.yml")).toBe("nodeLinker: node-modules\n");
});

it.each(managers)("%s: README and the recipe name its own commands", (manager) => {
  const files = filesOf(manager);
  const [readme, recipe] = [files.get("README.md")!, files.get(".github/workflows/publish.yml")!];
  const others = ["npm", "pnpm", "yarn"].filter((name) => !manager.startsWith(name));
  for (const other of others) expect(readme).not.toMatch(new RegExp(`\`${other} (install|run)`));
  expect(readme).toContain(`\`${manager.split("-")[0]!} install\``);
  expect(recipe.match(/- run: (.*)/)![1]).toContain(manager === "npm" ? "npm ci" : "install --");
  expect(recipe.includes("cache: npm")).toBe(manager === "npm");
});

it("keeps settings that do as well, and names those that don't", async () => {
  const kindsOf = async (yarnrc: string) => {
    writeFileSync(join(root, ".yarnrc.yml"), yarnrc);
    writeFileSync(join(root, "yarn.lock"), "# made by an install\n");
    const changes = await Promise.all(managerFiles("yarn").map((file) => changeOf(root, file)));
    return changes.map(({kind}) => kind);
  };
  expect(await kindsOf("enableTelemetry: false\nnodeLinker: node-modules\n")).toEqual(["same", "same"]);
  expect(await kindsOf("nodeLinker: pnp\n")).toEqual(["kept", "same"]);
});

it("leaves npm's recipe as it is", () => {
  const recipe = readFileSync(resolve(import.meta.dirname, "../../recipes/github-actions.yml"), "utf8");
  expect(forManager(recipe, "npm")).toBe(recipe);
});
